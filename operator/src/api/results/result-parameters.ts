import { parseDurationMs } from '@streamswarm/contract';
import { durationBetween } from '@streamswarm/contract/kinds/quantities';
import { stringEnum } from '@streamswarm/contract/kinds/schema';
import Type from 'typebox';
import type { GroupBy } from '../../store/queries/results/selection.ts';
import { fieldProblem } from '../problems/api-problem.ts';
import { windowParameters } from '../window/window.ts';
import type { ResultsWish } from './read-results.ts';

const GROUPS = ['none', 'agent', 'destination', 'stream'] as const satisfies readonly GroupBy[];
const DEFAULT_WIDTH = 600;
const name = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 253, description }));

/** Which probe of a test is meant. */
export const probeParameter = Type.Optional(
  Type.String({
    maxLength: 63,
    description: 'Name of a probe of the test, or a kind. Absent: its first.',
  }),
);

/** Query parameters of results, of one test or of all. */
export const resultParameters = {
  ...windowParameters,
  metric: name('Metric of the probe. Absent: what the probe is about.'),
  agent: name('Only this agent.'),
  without: Type.Optional(
    Type.String({ maxLength: 8_000, description: 'Leaves these agents out: names, separated by commas.' }),
  ),
  destination: name('Only this destination.'),
  step: Type.Optional(
    durationBetween(
      '1s',
      '24h',
      'Length of a step; made a whole multiple of what serves it. Absent: by width.',
    ),
  ),
  width: Type.Optional(
    Type.Integer({
      minimum: 10,
      maximum: 5_000,
      description: `Points that can be drawn. Absent: ${DEFAULT_WIDTH}. Many series get fewer each, yet 120 of them.`,
    }),
  ),
  whole: Type.Optional(
    Type.Boolean({
      description: 'The window as one step, widened to whole rows of what serves it. Not together with step.',
    }),
  ),
  by: Type.Optional(stringEnum(GROUPS, 'What stays apart: stream is each agent and destination.')),
};

/** The agents that a query leaves out. */
export function agentsWithout({ without = '' }: { readonly without?: string }): string[] {
  return without.split(',').filter((agent) => agent !== '');
}

interface StepQuery {
  readonly width?: number;
  readonly step?: string;
  readonly whole?: boolean;
}

/** Points to draw and the step asked for, in milliseconds. Throws an ApiProblem for two steps at once. */
export function stepWish(query: StepQuery): Pick<ResultsWish, 'pixels' | 'stepMs' | 'isWhole'> {
  if (query.whole === true && query.step !== undefined) {
    throw fieldProblem('invalid-query', 'whole', 'cannot stand beside step: give one or the other', 'step');
  }
  return {
    isWhole: query.whole ?? false,
    pixels: query.width ?? DEFAULT_WIDTH,
    stepMs: query.step === undefined ? null : parseDurationMs(query.step),
  };
}
