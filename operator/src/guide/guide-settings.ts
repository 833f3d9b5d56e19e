/** What the environment says of the guide's API, under the guide's own names. */
export interface GuideSettings {
  /** Of a test that says nothing else, in seconds. */
  readonly durationSeconds: number;
  readonly intervalSeconds: number;
  /** How often a script means to be heard. */
  readonly heartbeatSeconds: number;
  /** Echo requests a slot; null: what the icmp probe does by itself. */
  readonly pingCount: number | null;
  readonly pingTimeoutSeconds: number | null;
  /** For a whole trace; null: what the trace probe does by itself. */
  readonly traceTimeoutSeconds: number | null;
  /** What is read of a page; null: what the http probe does by itself. */
  readonly pageBytes: number | null;
}

export const GUIDE_DEFAULTS: GuideSettings = {
  durationSeconds: 300,
  intervalSeconds: 5,
  heartbeatSeconds: 30,
  pingCount: null,
  pingTimeoutSeconds: null,
  traceTimeoutSeconds: null,
  pageBytes: null,
};

type Environment = Readonly<Record<string, string | undefined>>;

/** The settings, or null where the API is switched off; throws an Error that says which variable is wrong. */
export function readGuideSettings(env: Environment): GuideSettings | null {
  if (!isOn(env)) return null;
  return {
    durationSeconds: whole(env, 'DEFAULT_TEST_DURATION', 1, 31_536_000) ?? GUIDE_DEFAULTS.durationSeconds,
    intervalSeconds: whole(env, 'DEFAULT_TEST_INTERVAL', 1, 86_400) ?? GUIDE_DEFAULTS.intervalSeconds,
    heartbeatSeconds: whole(env, 'CLIENT_HEARTBEAT_INTERVAL', 1, 86_400) ?? GUIDE_DEFAULTS.heartbeatSeconds,
    pingCount: whole(env, 'PING_COUNT', 1, 100),
    pingTimeoutSeconds: whole(env, 'PING_TIMEOUT', 1, 300),
    traceTimeoutSeconds: whole(env, 'TRACEROUTE_TIMEOUT', 1, 300),
    pageBytes: whole(env, 'HTTP_BANDWIDTH_TEST_SIZE', 1, 1_073_741_824),
  };
}

function isOn(env: Environment): boolean {
  const text = env['STREAMSWARM_GUIDE_API'] || 'on';
  if (text === 'on' || text === 'off') return text === 'on';
  throw new Error(`STREAMSWARM_GUIDE_API must be on or off, not ${text}`);
}

/** Variables of the guide that set throughput, which no test of its API measures yet. */
const LATER = ['SPEEDTEST_ENABLED', 'TCP_BANDWIDTH_TIMEOUT'];

/** What is set and does nothing, in words for the log. */
export function settingsWithoutEffect(env: Environment): string[] {
  return LATER.filter((name) => (env[name] ?? '') !== '' && !/^(0|false|no)$/i.test(env[name] ?? '')).map(
    (name) =>
      `${name} is set and does nothing: tests that the guide's API makes have no throughput probe yet`,
  );
}

function whole(env: Environment, name: string, least: number, most: number): number | null {
  const text = env[name];
  if (text === undefined || text === '') return null;
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`${name} must be a whole number from ${least} to ${most}, not ${text}`);
}
