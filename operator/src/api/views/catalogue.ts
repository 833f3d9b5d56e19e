import { type Catalogue, PROBES, type Probe } from '@streamswarm/contract';

/** Every probe and metric of this version, as the contract declares them. */
export function catalogue(): Catalogue {
  return { probes: Object.values(PROBES).map(probeView) };
}

function probeView({
  name,
  summary,
  perAgent,
  options,
  destinations,
  metrics,
  phases,
}: Probe): Catalogue['probes'][number] {
  return {
    name,
    summary,
    perAgent,
    options,
    destinations,
    metrics: metrics.map(({ of: _of, wide: _wide, ...metric }) => metric),
    phases: phases === undefined ? null : { total: phases.total, parts: [...phases.parts] },
  };
}
