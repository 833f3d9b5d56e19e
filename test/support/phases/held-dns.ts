import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import dnsPacket, { type DecodedPacket } from 'dns-packet';

export interface HeldDns {
  readonly port: number;
  /** What each question was held for, in order. */
  readonly held: {
    readonly type: string;
    readonly recursive: boolean;
    readonly seconds: number;
    readonly overTcp: boolean;
  }[];
  /** Held before an answer, by type of record. */
  hold(seconds: Readonly<Record<string, number>>): void;
  close(): Promise<void>;
}

type Reply = (question: { name: string; type: string; recursive: boolean }) => {
  readonly addresses?: readonly string[];
  readonly rcode?: 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED';
  readonly ttl?: number;
  readonly truncated?: boolean;
  readonly silent?: boolean;
};
const RCODES = { NXDOMAIN: 3, SERVFAIL: 2, REFUSED: 5 } as const;

/** A name server on 127.0.0.1 that answers what the test says, and records for how long it held each answer. */
export async function startHeldDns(reply: Reply): Promise<HeldDns> {
  const held: HeldDns['held'] = [];
  let holds: Readonly<Record<string, number>> = {};
  const answer = (bytes: Buffer, overTcp: boolean, send: (bytes: Buffer) => void): void => {
    const arrivedMs = performance.now();
    const query = dnsPacket.decode(bytes) as DecodedPacket & { flag_rd: boolean };
    const { name = '', type = 'A' } = query.questions?.[0] ?? {};
    const said = reply({ name, type, recursive: query.flag_rd });
    if (said.silent) return;
    const respond = (): void => {
      const isCut = said.truncated === true && !overTcp;
      const flags =
        (isCut ? dnsPacket.TRUNCATED_RESPONSE : 0) | (said.rcode === undefined ? 0 : RCODES[said.rcode]);
      const records = (said.addresses ?? []).map((data) => ({
        type: type as 'A',
        name,
        ttl: said.ttl ?? 60,
        data,
      }));
      held.push({ type, recursive: query.flag_rd, seconds: (performance.now() - arrivedMs) / 1e3, overTcp });
      send(
        dnsPacket.encode({
          type: 'response',
          id: query.id ?? 0,
          flags,
          questions: query.questions ?? [],
          answers: isCut ? [] : records,
        }),
      );
    };
    const seconds = holds[type] ?? 0;
    if (seconds === 0) respond();
    else setTimeout(respond, seconds * 1e3);
  };

  const tcp: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      answer(bytes.subarray(2), true, (reply) => {
        const length = Buffer.alloc(2);
        length.writeUInt16BE(reply.length);
        socket.end(Buffer.concat([length, reply]));
      });
    });
  });
  tcp.listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  const { port } = tcp.address() as AddressInfo;
  const udp = createSocket('udp4');
  udp.on('message', (bytes, from) =>
    answer(bytes, false, (reply) => udp.send(reply, from.port, from.address)),
  );
  udp.bind(port, '127.0.0.1');
  await once(udp, 'listening');
  return {
    port,
    held,
    hold(seconds) {
      holds = seconds;
    },
    async close() {
      udp.close();
      tcp.close();
      await once(tcp, 'close');
    },
  };
}
