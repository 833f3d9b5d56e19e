import { changedQuery } from '../../url/query-string.ts';

interface CellAddress {
  /** NAMESPACE/NAME */
  readonly test: string;
  readonly probe: string;
  readonly metric: string | null;
  readonly agent: string;
  /** As the API names it: of a mesh `name/far agent`. */
  readonly destination: string;
}

/** Where a cell leads to: Enter to the path where that is traced, else to the test. */
export interface CellHrefs {
  readonly test: string;
  readonly path: string | null;
}

/** The page of the test with what a cell is about: its destination and probe, and in a mesh its source. */
export function cellHref(
  { test, probe, metric, agent, destination }: CellAddress,
  query: URLSearchParams,
): string {
  const slash = destination.indexOf('/');
  const text = changedQuery(new URLSearchParams(), {
    range: query.get('range'),
    test,
    probe,
    metric,
    dest: slash < 0 ? destination : destination.slice(0, slash),
    ...(slash < 0 ? { by: 'agent' } : { from: agent }),
  });
  return `/tests/view/?${text}`;
}
