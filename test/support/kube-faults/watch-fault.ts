/** What happens to every watch that is open. */
export type StreamFault =
  /** The connection is reset. */
  | 'cut'
  /** Half of the next bytes arrive, then the connection is reset: an event is torn. */
  | 'torn'
  /** As torn, but the server ends the stream in order. */
  | 'torn-end'
  /** A line that is no JSON, then the real ones go on. */
  | 'garbage'
  /** JSON that is no watch event. */
  | 'odd-event'
  /** An event of another kind. */
  | 'wrong-kind'
  /** Nothing is forwarded any more; the connection stays. */
  | 'half-open'
  /** Everything is held back for a while, then comes at once. */
  | 'stall'
  /** The server ends the watch in order. */
  | 'end'
  /** An ERROR event: 410 Expired, as after a compaction. */
  | 'gone-event'
  /** An ERROR event: 500. */
  | 'error-event';

/** What the next requests are answered with. */
export type AnswerFault =
  | { readonly status: 401 | 403 | 410 | 500 | 502 | 503 | 504 }
  | { readonly status: 429; readonly retryAfterSeconds: number }
  /** The connection is reset instead. */
  | 'reset'
  /** 200 and a page of HTML, as captive proxies send. */
  | 'html'
  /** 200, and the body ends at once. */
  | 'empty'
  /** The head of the answer comes, half of the body, then a reset. */
  | 'half-answer'
  /** Nothing comes; only for watches, whose idle limit is short. */
  | 'silence';

export interface WatchFault {
  readonly stream: StreamFault;
  /** In this order, for the requests that follow; the rest pass. */
  readonly answers: readonly AnswerFault[];
  /** After the stream fault nobody can connect for so long; 0: at once. */
  readonly refusedMs: number;
}

const STREAM_FAULTS: readonly StreamFault[] = [
  'cut',
  'torn',
  'torn-end',
  'garbage',
  'odd-event',
  'wrong-kind',
  'half-open',
  'stall',
  'end',
  'gone-event',
  'error-event',
];
const ANSWER_FAULTS: readonly AnswerFault[] = [
  { status: 401 },
  { status: 403 },
  { status: 410 },
  { status: 500 },
  { status: 502 },
  { status: 503 },
  { status: 504 },
  { status: 429, retryAfterSeconds: 1 },
  'reset',
  'html',
  'empty',
  'half-answer',
  'silence',
];
const MOST_ANSWERS = 4;
const REFUSED_SHARE = 0.1;
const LONGEST_REFUSED_MS = 150;

export function pickFrom<T>(choices: readonly T[], random: () => number): T {
  const choice = choices[Math.floor(random() * choices.length)];
  if (choice === undefined) throw new Error('nothing to choose from');
  return choice;
}

/** Half of the faults hit the stream alone; the others also what follows. */
export function randomFault(random: () => number): WatchFault {
  const answers = random() < 0.5 ? 0 : 1 + Math.floor(random() * MOST_ANSWERS);
  return {
    stream: pickFrom(STREAM_FAULTS, random),
    answers: Array.from({ length: answers }, () => pickFrom(ANSWER_FAULTS, random)),
    refusedMs: random() < REFUSED_SHARE ? random() * LONGEST_REFUSED_MS : 0,
  };
}
