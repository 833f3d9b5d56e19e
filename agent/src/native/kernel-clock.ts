import { loadNative } from './load-native.ts';
import type { ClockState } from './timex.ts';

/** What the kernel knows of the error of its own clock; null where this host does not say. */
export const kernelClock: () => Promise<() => ClockState | null> = loadNative(
  async () => {
    const [{ libc }, { Slab }, { readClockState, TIMEX_BYTES }] = await Promise.all([
      import('./libc.ts'),
      import('./slab.ts'),
      import('./timex.ts'),
    ]);
    const slab = new Slab(TIMEX_BYTES);
    const at = slab.reserve(TIMEX_BYTES);
    return () => {
      // modes 0: nothing is set, so that any user may ask.
      slab.view.setUint32(at, 0, true);
      return readClockState(slab.view, at, libc.adjtimex(slab.addressOf(at)));
    };
  },
  () => null,
);
