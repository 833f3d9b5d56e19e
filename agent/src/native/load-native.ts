/** Native code for the main thread, once; where this host has none for it, what stands in. Never rejects. */
export function loadNative<T>(load: () => Promise<T>, standIn: T): () => Promise<T> {
  let loaded: Promise<T> | null = null;
  return () => {
    // No koffi for this machine is no failure here: the packet engine says so in the capabilities.
    loaded ??= process.platform === 'linux' ? load().catch(() => standIn) : Promise.resolve(standIn);
    return loaded;
  };
}
