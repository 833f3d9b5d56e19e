import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect, isIPv6 } from 'node:net';
import type { DnsTransport } from '@streamswarm/contract/probes/dns';
import dnsPacket, { type DecodedPacket } from 'dns-packet';
import { errorCode } from '../socket-failure.ts';

export type RecordType = 'A' | 'AAAA';

export interface Question {
  readonly name: string;
  readonly type: RecordType;
  /** Whether the resolver may ask others (RD). */
  readonly recursive: boolean;
}

export interface NameServer {
  readonly address: string;
  readonly port: number;
  readonly transport: DnsTransport;
}

/** What came of a question. Times are of user space: from the send to the whole answer. */
export type Exchange =
  | {
      readonly kind: 'answer';
      readonly seconds: number;
      readonly message: DecodedPacket;
      readonly wasTruncated: boolean;
    }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'failed'; readonly code: string };

/** What a resolver may send over UDP (RFC 6891, 6.2.5; the size of DNS flag day 2020). */
const UDP_PAYLOAD_BYTES = 1_232;

/** Asks one question; over TCP again where the answer over UDP was truncated (RFC 7766, 5). Never rejects. */
export async function ask(server: NameServer, question: Question, timeoutMs: number): Promise<Exchange> {
  const beganMs = performance.now();
  const id = randomInt(0x1_0000);
  const query = encode(id, question);
  const read = (bytes: Uint8Array): DecodedPacket | null => decode(bytes, id, question);
  if (server.transport === 'tcp') return await overTcp(server, query, read, timeoutMs);
  const answer = await overUdp(server, query, read, timeoutMs);
  if (answer.kind !== 'answer' || !answer.message.flag_tc) return answer;
  const left = Math.max(1, timeoutMs - (performance.now() - beganMs));
  const whole = await overTcp(server, query, read, left);
  return whole.kind === 'answer'
    ? { ...whole, seconds: answer.seconds + whole.seconds, wasTruncated: true }
    : whole;
}

function encode(id: number, { name, type, recursive }: Question): Buffer {
  return dnsPacket.encode({
    type: 'query',
    id,
    flags: recursive ? dnsPacket.RECURSION_DESIRED : 0,
    questions: [{ type, name }],
    additionals: [
      {
        type: 'OPT',
        name: '.',
        udpPayloadSize: UDP_PAYLOAD_BYTES,
        extendedRcode: 0,
        ednsVersion: 0,
        flags: 0,
        flag_do: false,
        options: [],
      },
    ],
  });
}

/** The message if it is a well-formed answer to this very question, else null: anybody can send to our port. */
export function decode(bytes: Uint8Array, id: number, { name, type }: Question): DecodedPacket | null {
  try {
    const message = dnsPacket.decode(Buffer.from(bytes));
    const [question] = message.questions ?? [];
    const isOurs =
      message.id === id &&
      message.type === 'response' &&
      question?.type === type &&
      question.name.toLowerCase() === name.toLowerCase();
    return isOurs ? message : null;
  } catch {
    return null;
  }
}

type Decode = (bytes: Uint8Array) => DecodedPacket | null;

function overUdp(
  { address, port }: NameServer,
  query: Buffer,
  read: Decode,
  timeoutMs: number,
): Promise<Exchange> {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
    let sentMs = performance.now();
    const end = (exchange: Exchange): void => {
      clearTimeout(timer);
      socket.removeAllListeners();
      // What a closed socket still has to say is nobody's.
      socket.on('error', () => undefined);
      socket.close();
      resolve(exchange);
    };
    const timer = setTimeout(() => end({ kind: 'timeout' }), timeoutMs);
    socket.on('error', (error) => end({ kind: 'failed', code: errorCode(error) }));
    socket.on('message', (bytes) => {
      const atMs = performance.now();
      const message = read(bytes);
      if (message === null) return;
      end({ kind: 'answer', seconds: (atMs - sentMs) / 1e3, message, wasTruncated: false });
    });
    // Connected: the kernel drops what others send, and tells that the port is closed.
    socket.connect(port, address, () => {
      sentMs = performance.now();
      socket.send(query);
    });
  });
}

function overTcp(
  { address, port }: NameServer,
  query: Buffer,
  read: Decode,
  timeoutMs: number,
): Promise<Exchange> {
  return new Promise((resolve) => {
    const beganMs = performance.now();
    const socket = connect({ host: address, port });
    let received = Buffer.alloc(0);
    const end = (exchange: Exchange): void => {
      clearTimeout(timer);
      socket.removeAllListeners();
      socket.on('error', () => undefined);
      socket.destroy();
      resolve(exchange);
    };
    const timer = setTimeout(() => end({ kind: 'timeout' }), timeoutMs);
    socket.on('error', (error) => end({ kind: 'failed', code: errorCode(error) }));
    socket.on('close', () => end({ kind: 'failed', code: 'ECONNRESET' }));
    socket.on('connect', () => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(query.length);
      socket.write(Buffer.concat([length, query]));
    });
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 2 || received.length < 2 + received.readUInt16BE()) return;
      const message = read(received.subarray(2, 2 + received.readUInt16BE()));
      end(
        message === null
          ? { kind: 'failed', code: 'malformed' }
          : { kind: 'answer', seconds: (performance.now() - beganMs) / 1e3, message, wasTruncated: false },
      );
    });
  });
}
