import { createServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { issueLeaf } from '../../../operator/src/tls/issue-leaf.ts';
import { makeCa } from '../../../operator/src/tls/make-ca.ts';

/** What the server itself saw of one body that it was sent. */
export interface Received {
  readonly bytes: number;
  /** From its first byte to its last. */
  readonly seconds: number;
}

const nowMs = Date.now();
const leaf = await issueLeaf(await makeCa(nowMs), { dnsNames: ['shop.example.net'], ips: [] }, nowMs);
const secure = createSecureServer(
  { cert: leaf.certificatePem, key: leaf.keyPem, allowHTTP1: true, settings: { initialWindowSize: 2 ** 24 } },
  (request, response) => void serve(request, response),
);
// Without it all streams of a connection together could have no more than 64 KiB on the way.
secure.on('session', (session) => session.setLocalWindowSize(2 ** 24));
const plain = createServer((request, response) => void serve(request, response));

interface Response {
  end(data: Buffer | string): void;
}

/** `/N` is answered with N bytes; a body that comes in is counted, and what was seen of it said on the way out. */
async function serve(
  request: AsyncIterable<Buffer> & { readonly url?: string | undefined },
  response: Response,
): Promise<void> {
  let bytes = 0;
  let firstMs: number | null = null;
  let lastMs = 0;
  for await (const chunk of request) {
    lastMs = performance.now();
    firstMs ??= lastMs;
    bytes += chunk.length;
  }
  if (bytes > 0)
    process.stdout.write(`${JSON.stringify({ bytes, seconds: (lastMs - (firstMs ?? 0)) / 1e3 })}\n`);
  response.end(Buffer.alloc(Number(request.url?.slice(1) ?? 0)));
}

const ports: number[] = [];
for (const server of [secure, plain]) {
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  ports.push((server.address() as AddressInfo).port);
}
process.stdout.write(`${JSON.stringify(ports)}\n`);
process.stdin.on('end', () => process.exit()).resume();
