import { LitElement } from 'lit';

/**
 * Base of the product's own elements. They render into the page itself, not into a shadow root: the page's one
 * stylesheet and the icon font reach them, and the policy against inline styles has nothing to except.
 */
export abstract class PageElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
