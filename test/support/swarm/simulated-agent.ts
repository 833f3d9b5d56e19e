import { randomUUID } from 'node:crypto';
import { Agent, type IncomingMessage, type RequestOptions, request } from 'node:http';
import { createInterface } from 'node:readline';
import {
  encodeFrame,
  firstSlotDueFrom,
  type PlanLine,
  type PlannedSpan,
  type SessionRequest,
  type SessionResponse,
  slotDueMs,
} from '@streamswarm/contract';
import { compress, icmpBatch, wordOf } from '../sample-batch.ts';

export interface SimulatedAgent {
  readonly name: string;
  /** Streams it has now. */
  streams(): number;
  stop(): void;
}

export interface SimulatedAgentOptions {
  readonly server: string;
  readonly name: string;
  /** A test was assigned to it for the first time; wall clock, ms. */
  onAssigned(test: string, atMs: number): void;
  onFailure(error: unknown): void;
}

/** As a real agent does. */
const WORD_EVERY_MS = 5_000;

/** An agent that speaks the real protocol and answers every slot with an invented round trip: for load, not for truth. */
export async function startSimulatedAgent(options: SimulatedAgentOptions): Promise<SimulatedAgent> {
  const { server, name } = options;
  const agentId = randomUUID();
  const connections = new Agent({ keepAlive: true, maxSockets: 2 });
  const session = (await askJson(server, connections, {
    path: '/agent/v1/session',
    body: Buffer.from(JSON.stringify(describe(agentId, name))),
    headers: { 'content-type': 'application/json' },
  })) as SessionResponse;
  const authorization = `Bearer ${session.token}`;
  const offsetMs = session.nowMs - Date.now();
  const nowMs = (): number => Math.floor(Date.now() + offsetMs);
  const assignments = new Map<string, { spans: PlannedSpan[] }>();
  /** Next slot to answer, by span. */
  const next = new Map<number, number>();
  const epoch = Date.now();
  let seq = 0;
  let revision = 0;
  let stopped = false;

  const take = (line: PlanLine): void => {
    if (line.type === 'put') {
      const { id, namespace, test } = line.assignment;
      if (!assignments.has(id)) options.onAssigned(`${namespace}/${test}`, Date.now());
      assignments.set(id, line.assignment);
    } else if (line.type === 'del') assignments.delete(line.id);
    else if (line.type === 'synced') revision = line.revision;
  };
  const stream = await open(server, new Agent({ keepAlive: true }), {
    method: 'GET',
    path: '/agent/v1/plan',
    headers: { authorization },
  });
  const lines = createInterface({ input: stream });
  lines.on('line', (text) => take(JSON.parse(text) as PlanLine));
  // An error of the stream comes out at its lines too.
  lines.on('error', (error) => stopped || options.onFailure(error));
  stream.on('error', () => undefined);
  stream.on('close', () => stopped || options.onFailure(new Error('the plan stream ended')));

  const answer = async (): Promise<void> => {
    const throughMs = nowMs();
    const samples: { span: number; slot: number }[] = [];
    const answered = new Map<number, number>();
    for (const { spans } of assignments.values()) {
      for (const span of spans) {
        const end = firstSlotDueFrom(span, Math.min(throughMs, span.toMs ?? throughMs));
        for (let slot = next.get(span.span) ?? firstSlotDueFrom(span, span.fromMs); slot < end; slot++)
          if (slotDueMs(span, slot) < throughMs) samples.push({ span: span.span, slot });
        answered.set(span.span, end);
      }
    }
    const batch = samples.length === 0 ? null : compress({ ...icmpBatch(++seq, samples), epoch });
    const word = wordOf({ epoch, seq, throughMs, planRevision: revision });
    await askJson(server, connections, {
      path: '/agent/v1/batches',
      body: Buffer.from(encodeFrame(word, batch)),
      headers: { 'content-type': 'application/octet-stream', authorization },
    });
    // What was refused is answered again with the next batch.
    for (const [span, end] of answered) next.set(span, end);
  };
  let timer = setTimeout(turn, Math.random() * WORD_EVERY_MS);
  function turn(): void {
    answer()
      .catch(options.onFailure)
      .finally(() => {
        if (!stopped) timer = setTimeout(turn, WORD_EVERY_MS);
      });
  }
  return {
    name,
    streams: () => [...assignments.values()].reduce((sum, { spans }) => sum + spans.length, 0),
    stop() {
      stopped = true;
      clearTimeout(timer);
      stream.destroy();
      connections.destroy();
    },
  };
}

function describe(agentId: string, name: string): SessionRequest {
  return {
    agentId,
    name,
    version: '0.0.0-simulated',
    clockMs: Date.now(),
    platform: { os: 'linux', kernel: '6.18', arch: 'x64', cores: 1, memoryBytes: 1 },
    addresses: ['198.18.0.1'],
    capabilities: [],
  };
}

interface Asked {
  readonly path: string;
  readonly body: Buffer;
  readonly headers: Record<string, string>;
}

async function askJson(server: string, agent: Agent, { path, body, headers }: Asked): Promise<unknown> {
  const response = await open(server, agent, {
    method: 'POST',
    path,
    headers: { ...headers, 'content-length': String(body.length) },
    body,
  });
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString());
}

function open(
  server: string,
  agent: Agent,
  { body, ...asked }: RequestOptions & { body?: Buffer },
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(asked.path ?? '/', server), { ...asked, agent }, (response) => {
      if (response.statusCode === 200) return resolve(response);
      response.resume();
      reject(new Error(`${asked.path}: ${response.statusCode}`));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
