import { performance } from 'node:perf_hooks';

const QUIET_MS = 2_000;
const REPEAT_MS = 10_000;

/** Runs `work`; what lasts over two seconds is told on stderr, again and again until it is done. */
export async function narrate<T>(what: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  let told = false;
  const tell = (text: string): void => {
    told = true;
    process.stderr.write(`  ${text}\n`);
  };
  const elapsed = (): string => `${((performance.now() - began) / 1_000).toFixed(1)} s`;
  const first = setTimeout(() => tell(`${what} …`), QUIET_MS);
  const repeat = setInterval(() => tell(`${what} … ${elapsed()}`), REPEAT_MS);
  try {
    const result = await work();
    if (told) tell(`${what}: done in ${elapsed()}`);
    return result;
  } catch (error) {
    if (told) tell(`${what}: failed after ${elapsed()}`);
    throw error;
  } finally {
    clearTimeout(first);
    clearInterval(repeat);
  }
}
