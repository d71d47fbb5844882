/** The part that is used of the matcher under tinyglobby, so that a pattern means the same at a git revision. */
declare module 'picomatch' {
  function picomatch(patterns: string | string[], options: { dot: boolean }): (file: string) => boolean;
  namespace picomatch {
    function scan(pattern: string): { base: string; glob: string };
  }
  export = picomatch;
}
