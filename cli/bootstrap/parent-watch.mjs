const LOOK_EVERY_MS = 300;

/**
 * Calls `gone` once our parent has ended. npm passes a signal on to the shell that it put between us, and that
 * shell ends without telling us. Outside npm a parent may go for good reasons (`node start.mjs &`, logout).
 *
 * @param {{npm_lifecycle_event?: string | undefined}} env
 * @param {() => number} parentId
 * @param {() => void} gone
 * @returns {() => void} ends the watch
 */
export function watchParent(env, parentId, gone) {
  if (env.npm_lifecycle_event === undefined) return () => undefined;
  const parent = parentId();
  const timer = setInterval(() => {
    if (parentId() === parent) return;
    clearInterval(timer);
    gone();
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
