const WORDS: Readonly<Record<string, string>> = {
  young: 'on their way',
  silent: 'of an agent that is not heard',
  spooled: 'wait in a spool',
  busy: 'host was busy',
  down: 'agent was down',
  gone: 'agent is gone',
  'late-plan': 'plan came late',
  'spool-full': 'spool was full',
};

/** A reason of the books in words; one without is shown as it is. */
export function reasonWords(reason: string): string {
  return WORDS[reason] ?? reason;
}
