import { changedQuery } from './query-string.ts';

interface PathAddress {
  /** NAMESPACE/NAME */
  readonly test: string;
  readonly probe?: string;
  readonly agent?: string;
  /** As the API names it: of a mesh `name/far agent`. */
  readonly destination?: string;
  /** When the trace was due that is to be seen; absent: the newest. */
  readonly trace?: string;
}

/** The page of a path over time, in the time that is being looked at. */
export function pathHref(
  { test, probe = '', agent = '', destination = '', trace = '' }: PathAddress,
  query: URLSearchParams,
): string {
  const [range, from, to] = [query.get('range'), query.get('from'), query.get('to')];
  const text = changedQuery(new URLSearchParams(), {
    range,
    from,
    to,
    test,
    agent,
    dest: destination,
    probe,
    trace,
  });
  return `/paths/?${text}`;
}
