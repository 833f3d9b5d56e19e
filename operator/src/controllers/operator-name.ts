/** Owner of the fields that the operator sets by server-side apply, and the source of its events. */
export const OPERATOR_NAME = 'streamswarm-operator';
