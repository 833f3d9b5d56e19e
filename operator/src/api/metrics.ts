import { OUTCOMES } from '@streamswarm/contract';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ApiServices } from './services.ts';

export interface ApiMetrics {
  readonly registry: Registry;
  readonly httpSeconds: Histogram<'method' | 'route' | 'status'>;
  /** Batches and words of agents by what became of them: ack, duplicate, invalid, busy. */
  readonly ingestFrames: Counter<'result'>;
  readonly ingestBytes: Counter;
}

/** The operator's own metrics in a registry of their own, so that two operators in one process do not meet. */
export function createMetrics(registry: Registry = new Registry()): ApiMetrics {
  return {
    registry,
    httpSeconds: new Histogram({
      name: 'streamswarm_http_request_duration_seconds',
      help: 'Time to answer a request, by route pattern',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
      registers: [registry],
    }),
    ingestFrames: new Counter({
      name: 'streamswarm_ingest_frames_total',
      help: 'Frames of agents (a word, mostly with a batch) by result',
      labelNames: ['result'],
      registers: [registry],
    }),
    ingestBytes: new Counter({
      name: 'streamswarm_ingest_bytes_total',
      help: 'Bytes of frames received from agents',
      registers: [registry],
    }),
  };
}

const measured = new WeakMap<ApiMetrics, () => Promise<void>>();

/** Gauges of books and fleet; the function returned reads them anew, before a scrape. Listeners share them. */
export function measureFleet(metrics: ApiMetrics, services: ApiServices): () => Promise<void> {
  const refresh = measured.get(metrics) ?? addGauges(metrics, services);
  measured.set(metrics, refresh);
  return refresh;
}

function addGauges({ registry }: ApiMetrics, services: ApiServices): () => Promise<void> {
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const slots = gauge(
    'streamswarm_slots',
    'Slots of the books by outcome; their sum is streamswarm_slots_scheduled',
    ['outcome'],
  );
  const scheduled = gauge('streamswarm_slots_scheduled', 'Slots that the plan asked for');
  const unaccounted = gauge(
    'streamswarm_unaccounted',
    'Slots vouched for and not found: other than 0 is a defect',
  );
  const surplus = gauge('streamswarm_surplus', 'Answers that no slot asked for');
  const agents = gauge('streamswarm_agents', 'Agents by whether they are heard', ['online']);
  return async () => {
    const [books, all] = await Promise.all([services.books.accounting({}), services.reads.agents()]);
    for (const outcome of OUTCOMES) slots.set({ outcome }, books[outcome]);
    scheduled.set(books.scheduled);
    unaccounted.set(books.unaccounted);
    surplus.set(books.surplus);
    const online = all.filter((agent) => agent.online).length;
    agents.set({ online: 'true' }, online);
    agents.set({ online: 'false' }, all.length - online);
  };
}
