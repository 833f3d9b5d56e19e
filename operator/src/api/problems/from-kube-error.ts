import { isTransient, type KubeError } from '../../kube/kube-error.ts';
import { ApiProblem } from './api-problem.ts';

/** What the client hears where the API server of the cluster says no, or nothing. */
export function problemFromKube(error: KubeError): ApiProblem {
  const isTryAgain = isTransient(error);
  const { status, message, causes } = error;
  if (status === 400 || status === 422) {
    const problems = causes.map(({ field, message: said }) => ({
      path: field,
      message: said,
      rule: 'cluster',
    }));
    return new ApiProblem('invalid-manifest', `The cluster refuses the test: ${message}`, {
      ...(problems.length > 0 ? { problems } : {}),
      cause: error,
    });
  }
  if (status === 403) {
    return new ApiProblem('cluster-forbids', `The cluster does not allow this: ${message}`, { cause: error });
  }
  if (status === 404) {
    return new ApiProblem(
      'cluster-forbids',
      `The cluster does not know this: ${message}. Does the namespace exist, and are the CRDs installed (kubectl apply -f crds/)?`,
      { cause: error },
    );
  }
  if (isTryAgain) {
    return new ApiProblem(
      'cluster-unavailable',
      'The API server of the cluster does not answer right now. Agents go on measuring; try again in some seconds.',
      { headers: { 'retry-after': '2' }, cause: error },
    );
  }
  return new ApiProblem(
    'internal',
    'The cluster answered in a way that was not expected: the log of the operator has the details.',
    { cause: error },
  );
}
