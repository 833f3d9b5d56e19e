/** Ours to hand out, one by one, to the child that needs it. */
const WITHHELD = [
  'DATABASE_URL',
  'DATABASE_CA_FILE',
  'SERVER_HOST',
  'SERVER_PORT',
  'STREAMSWARM_STATE_DIR',
  'STREAMSWARM_HELLO',
];

/**
 * What a child gets to see: our environment without what npm put there and without what belongs to one child
 * only (the agent has no business with the address of the database).
 */
export function childEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  own: Readonly<Record<string, string>>,
): Record<string, string | undefined> {
  const kept = Object.entries(env).filter(
    ([name]) => !WITHHELD.includes(name) && !name.startsWith('npm_') && name !== 'NODE_CHANNEL_FD',
  );
  return { ...Object.fromEntries(kept), ...own };
}
