/** Makes a test out of a file; both take the same manifest. */
export function applyCommand(kubernetes: boolean): string {
  if (kubernetes) return 'kubectl apply --filename test.yaml';
  const origin = typeof location === 'undefined' ? 'http://localhost:5000' : location.origin;
  return `curl -H 'content-type: application/yaml' --data-binary @test.yaml ${origin}/api/v1/tests`;
}
