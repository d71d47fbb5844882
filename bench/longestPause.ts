/**
 * ms of work between two turns of this thread's event loop, at most, while `task` runs. Counted in the thread's own
 * processor time where Node tells it (23.9 and later): what other processes take away is not this one's doing.
 */
export async function longestPause(task: () => Promise<void>): Promise<number> {
  const now = (): number => {
    if (!('threadCpuUsage' in process)) return performance.now();
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let longest = 0;
  let last = now();
  let going = true;
  const turn = () => {
    const at = now();
    longest = Math.max(longest, at - last);
    last = at;
    if (going) setImmediate(turn);
  };
  setImmediate(turn);
  await task();
  going = false;
  return longest;
}
