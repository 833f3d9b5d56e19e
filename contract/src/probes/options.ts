import Type from 'typebox';
import { durationBetween } from '../kinds/quantities.ts';
import { stringEnum } from '../kinds/schema.ts';

/** Options that several probes share. Descriptions are what `kubectl explain` and the docs show. */

export const every = Type.Optional(
  durationBetween('1s', '24h', 'Own cadence of this probe. Absent: the interval of the test.'),
);

export const timeout = (absent: string) =>
  Type.Optional(durationBetween('10ms', '5m', `How long to wait for an answer. Absent: ${absent}.`));

export const family = Type.Optional(
  stringEnum(['any', 'ipv4', 'ipv6'], 'Address family. Absent: any, the resolver chooses.'),
);

export const dscp = Type.Optional(
  Type.Unsafe<number | string>({
    'x-kubernetes-int-or-string': true,
    anyOf: [{ type: 'integer' }, { type: 'string' }],
    description: 'Mark of the packets sent. Absent: unmarked.',
    format: 'dscp',
  }),
);

export const port = (description: string) =>
  Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535, description }));
