/** A page's stylesheet is imported for esbuild, which writes it beside the script. */
declare module '*.css';
