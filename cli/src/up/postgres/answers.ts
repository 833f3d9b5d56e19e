import { connect } from 'node:net';
import { type Endpoint, socketPath } from './endpoint.ts';

/**
 * Relies on the frontend/backend protocol 3.0 (PostgreSQL manual, "Message Formats"): a StartupMessage is
 * answered by `R` (authentication asked or granted) when the server takes connections, and by `E` with SQLSTATE
 * 57P03 while it starts, recovers or stops. pg_isready asks in the same way.
 */
const PROTOCOL_3_0 = 196_608;
const CANNOT_CONNECT_NOW = '57P03';
const ANSWER_WITHIN_MS = 2_000;

/** Whether the server takes connections now. */
export function answersConnections(endpoint: Endpoint, user: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket =
      endpoint.kind === 'socket' ? connect(socketPath(endpoint.folder)) : connect(endpoint.port, '127.0.0.1');
    const answer = (takes: boolean): void => {
      socket.destroy();
      resolve(takes);
    };
    socket.setTimeout(ANSWER_WITHIN_MS, () => answer(false));
    socket.once('connect', () => socket.write(startupMessage(user)));
    socket.once('data', (bytes) => answer(takesConnections(bytes)));
    socket.once('error', () => answer(false));
    socket.once('close', () => answer(false));
  });
}

function startupMessage(user: string): Buffer {
  const body = Buffer.from(`user\0${user}\0database\0postgres\0\0`);
  const message = Buffer.alloc(8 + body.length);
  message.writeInt32BE(message.length, 0);
  message.writeInt32BE(PROTOCOL_3_0, 4);
  body.copy(message, 8);
  return message;
}

/** What the first bytes of the answer say. An error other than "not now" comes from a server that is up. */
export function takesConnections(answer: Buffer): boolean {
  const type = String.fromCharCode(answer[0] ?? 0);
  if (type === 'R') return true;
  return type === 'E' && !answer.includes(`C${CANNOT_CONNECT_NOW}\0`);
}
