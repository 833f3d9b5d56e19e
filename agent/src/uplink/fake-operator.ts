import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { zstdDecompressSync } from 'node:zlib';
import { type Batch, decodeFrame, type Word } from '@streamswarm/contract/wire/batch';
import type { Assignment, PlanLine } from '@streamswarm/contract/wire/plan';
import type { SessionRequest } from '@streamswarm/contract/wire/session';

/** The operator's side of the wire, for tests: keeps what it is sent and fails on demand. */
export class FakeOperator {
  readonly sessions: SessionRequest[] = [];
  readonly words: Word[] = [];
  /** By `epoch-seq`, in order of arrival; a replay does not stand twice. */
  readonly batches = new Map<string, Batch>();
  readonly assignments = new Map<string, Assignment>();
  revision = 0;
  replays = 0;
  requests = 0;
  token = 'token-1';
  /** Takes requests and never answers. */
  hang = false;
  /** Operator's clock minus this host's (ms). */
  clockOffsetMs = 0;
  /** Answers a batch request instead of taking it; null takes it. */
  refuse: (batch: Batch | null) => { status: number; headers?: Record<string, string> } | null = () => null;
  readonly #streams = new Set<ServerResponse>();
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  async listen(port = 0): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  nowMs(): number {
    return Date.now() + this.clockOffsetMs;
  }

  put(assignment: Assignment): void {
    this.assignments.set(assignment.id, assignment);
    this.say({ type: 'put', assignment }, this.#synced());
  }

  del(id: string): void {
    this.assignments.delete(id);
    this.say({ type: 'del', id }, this.#synced());
  }

  say(...lines: (PlanLine | string)[]): void {
    for (const stream of this.#streams) this.#write(stream, lines);
  }

  dropStreams(): void {
    for (const stream of this.#streams) stream.destroy();
  }

  #synced(): PlanLine {
    return { type: 'synced', revision: ++this.revision, nowMs: this.nowMs() };
  }

  #write(stream: ServerResponse, lines: (PlanLine | string)[]): void {
    stream.write(lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests++;
    if (this.hang) return;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    if (request.url === '/agent/v1/session') {
      this.sessions.push(JSON.parse(body.toString()) as SessionRequest);
      json(response, 200, { token: this.token, cluster: 'test', nowMs: this.nowMs() });
    } else if (request.headers.authorization !== `Bearer ${this.token}`)
      json(response, 401, { code: 'no-session' });
    else if (request.url === '/agent/v1/plan') this.#stream(response);
    else this.#take(body, response);
  }

  #stream(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    this.#streams.add(response);
    response.on('close', () => this.#streams.delete(response));
    const puts = [...this.assignments.values()].map((assignment): PlanLine => ({ type: 'put', assignment }));
    this.#write(response, [...puts, { type: 'synced', revision: this.revision, nowMs: this.nowMs() }]);
  }

  #take(body: Buffer, response: ServerResponse): void {
    const frame = decodeFrame(body);
    if (frame === null) {
      json(response, 400, { code: 'bad-frame' });
      return;
    }
    const batch =
      frame.batch === null ? null : (JSON.parse(zstdDecompressSync(frame.batch).toString()) as Batch);
    const refusal = this.refuse(batch);
    if (refusal !== null) {
      response.writeHead(refusal.status, refusal.headers ?? {}).end('{}');
      return;
    }
    this.words.push(frame.word as Word);
    const key = batch === null ? '' : `${batch.epoch}-${batch.seq}`;
    const duplicate = this.batches.has(key);
    if (duplicate) this.replays++;
    else if (batch !== null) this.batches.set(key, batch);
    const acknowledged = batch === null ? null : { epoch: batch.epoch, seq: batch.seq };
    json(response, 200, { acknowledged, duplicate, nowMs: this.nowMs() });
  }
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
