import Type from 'typebox';
import { selectTrace } from '../../results/select-trace.ts';
import type { ApiServices } from '../../services.ts';
import { findTest, type TestName } from '../../views/read-detail.ts';

const name = (description: string) => Type.String({ minLength: 1, maxLength: 520, description });

/** Query parameters that name one stream of traces of a test. */
export const streamParameters = {
  agent: name('The agent that traces.'),
  destination: name('The destination; in a mesh name/far agent.'),
  probe: Type.Optional(
    Type.String({ maxLength: 63, description: 'Name of a trace probe of the test. Absent: its first.' }),
  ),
};

interface StreamQuery {
  readonly agent: string;
  readonly destination: string;
  readonly probe?: string;
}

export interface TraceStream extends Required<StreamQuery> {
  readonly testUid: string;
}

/** The stream that a query names. Throws test-not-found, or unknown-probe where the test does not trace. */
export async function findTraceStream(
  services: ApiServices,
  path: TestName,
  { agent, destination, probe }: StreamQuery,
): Promise<TraceStream> {
  const test = await findTest(services, path);
  const past = await services.reads.probes(test.uid);
  return { testUid: test.uid, agent, destination, probe: selectTrace(test.manifest.spec, past, probe) };
}
