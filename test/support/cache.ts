import os from 'node:os';
import path from 'node:path';

/** A place for what is downloaded or compiled once per machine, outside the checkout: `KAFKA_DAPR_CACHE`, else ~/.cache. */
export function cacheDir(...parts: string[]): string {
  const home = process.env.KAFKA_DAPR_CACHE ?? process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache');
  return path.join(home, ...(process.env.KAFKA_DAPR_CACHE ? [] : ['kafka-dapr-explorer']), ...parts);
}
