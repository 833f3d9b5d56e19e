import { ProblemDetails } from '@streamswarm/contract';

/** The errors that any route can answer with. */
export const problemResponses = { '4xx': ProblemDetails, '5xx': ProblemDetails } as const;
