/** What the page is about, as its host wrote it into the document: what a page that comes back after a reload starts from. */
export const about = <About>(): About => JSON.parse(document.getElementById('about')?.textContent ?? 'null') as About;
