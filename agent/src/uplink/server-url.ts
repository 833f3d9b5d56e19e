import { isIPv6 } from 'node:net';

const LOOPBACK = /^(localhost|127(\.[0-9]{1,3}){3}|\[::1\])$/;

export function isLoopback(url: URL): boolean {
  return LOOPBACK.test(url.hostname);
}

/** The operator's address, checked; throws with what is allowed. Plain HTTP would show the token to the network. */
export function parseServerUrl(given: string): URL {
  const text = bracketIpv6(given);
  if (!URL.canParse(text)) {
    throw new Error(`the server "${text}" is no URL: write it like https://operator.example.net:5000`);
  }
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new Error(`the server must begin with https://, not ${url.protocol}//`);
  }
  if (url.protocol === 'http:' && !isLoopback(url)) {
    throw new Error(`plain http is allowed on loopback only: use https:// for ${url.hostname}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new Error('the server URL must not carry a user name or password');
  }
  return url;
}

/**
 * https://fd00::1:5443 is what https://$(SERVICE_HOST):5443 becomes where services have IPv6 addresses: no URL, and
 * what is meant is plain, because the port stands last.
 */
function bracketIpv6(text: string): string {
  return text.replace(
    /^(https?:\/\/)([0-9a-f]*:[0-9a-f:]*:[0-9a-f]*):([0-9]{1,5})(\/.*)?$/i,
    (whole, scheme: string, host: string, port: string, path: string | undefined) =>
      isIPv6(host) ? `${scheme}[${host}]:${port}${path ?? ''}` : whole,
  );
}
