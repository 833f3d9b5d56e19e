import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

// A program of its own, run inside a namespace: a DNS server (RFC 1035) that holds every answer for a time and
// says one address for every name, and a TCP listener on port 8080 to connect to.
const [address = '', holdMs = '0'] = process.argv.slice(2);
const TYPE_A = 1;
const HEADER_BYTES = 12;

const resolver = createSocket('udp4');
resolver.on('message', (question, sender) => {
  const end = question.indexOf(0, HEADER_BYTES) + 5;
  const isA = question.readUInt16BE(end - 4) === TYPE_A;
  const head = Buffer.from(question.subarray(0, HEADER_BYTES));
  // Response, recursion desired and available, no error; one question, no further records but the answer.
  head.writeUInt16BE(0x8180, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(isA ? 1 : 0, 6);
  head.writeUInt32BE(0, 8);
  const record = Buffer.from([
    0xc0,
    HEADER_BYTES,
    0,
    TYPE_A,
    0,
    1,
    0,
    0,
    0,
    0,
    0,
    4,
    ...address.split('.').map(Number),
  ]);
  const answer = Buffer.concat([head, question.subarray(HEADER_BYTES, end), ...(isA ? [record] : [])]);
  setTimeout(() => resolver.send(answer, sender.port, sender.address), Number(holdMs));
});
resolver.bind(53, address);
createServer((socket) => socket.end()).listen(8_080, address, () => process.stdout.write('ready\n'));
