/** Variables daprd refuses to read, with a warning (RT:pkg/runtime/processor/secret/secret.go:223-252). */
export function isRefused(variable: string): boolean {
  return /^(?:APP_API_TOKEN$|DAPR_)| /i.test(variable);
}
