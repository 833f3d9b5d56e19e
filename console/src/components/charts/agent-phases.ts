import { type PhaseData, type PhaseResults, phaseData, stackAt } from './phase-data.ts';

/** Mean of all requests of an agent, and what each phase adds to it. */
export interface AgentPhases {
  readonly agent: string;
  readonly requests: number;
  readonly seconds: number;
  readonly parts: readonly { readonly metric: string; readonly seconds: number }[];
}

/** The phases of each agent over the whole time, longest first; agents of which no request ended are left out. */
export function agentPhases({ total, parts }: PhaseResults): AgentPhases[] {
  const of = (agent: string | null, results: PhaseResults['total']) => ({
    ...results,
    series: results.series.filter((series) => series.agent === agent),
  });
  return total.series
    .flatMap(({ agent }) => {
      const data = phaseData({ total: of(agent, total), parts: parts.map((part) => of(agent, part)) });
      return agent === null ? [] : overAll(agent, data);
    })
    .sort((a, b) => b.seconds - a.seconds);
}

function overAll(agent: string, data: PhaseData): AgentPhases[] {
  // A step of which not every answer is there would be longer than its parts.
  const steps = [...data.n.keys()].filter((step) => (data.n[step] ?? 0) > 0 && stackAt(data, step) !== null);
  const requests = steps.reduce((sum, step) => sum + (data.n[step] ?? 0), 0);
  if (requests === 0) return [];
  const mean = (values: readonly (number | null)[]): number =>
    steps.reduce((sum, step) => sum + (values[step] ?? 0) * (data.n[step] ?? 0), 0) / requests;
  const parts = data.phases.map(({ metric, values }) => ({ metric, seconds: mean(values) }));
  return [{ agent, requests, seconds: mean(data.total), parts }];
}
