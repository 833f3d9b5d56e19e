type Schedule = Readonly<Record<string, unknown>>;

/** These count for cron alone. */
const OF_CRON = ['timeZone', 'concurrencyPolicy'];

/** The schedule of a line: a time begins with a year, everything else is cron. The other fields stay as they are. */
export function scheduleOf(line: string, before: Schedule): Schedule | undefined {
  if (line === '') return undefined;
  const { startAt: _startAt, cron: _cron, ...rest } = before;
  if (!/^[0-9]{4}/.test(line)) return { cron: line, ...rest };
  return {
    startAt: line,
    ...Object.fromEntries(Object.entries(rest).filter(([key]) => !OF_CRON.includes(key))),
  };
}
