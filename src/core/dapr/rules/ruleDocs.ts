/** The page of a rule, relative to the repository and to the installed extension. */
export function ruleDocPath(rule: string): string {
  return `docs/rules/${rule}.md`;
}
