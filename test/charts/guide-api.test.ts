import assert from 'node:assert/strict';
import { helmTest, template } from './helm.ts';

const SWITCH = /- name: STREAMSWARM_GUIDE_API\n +value: "off"\n/;

helmTest('the guide’s API is on unless it is switched off', async () => {
  for (const [values, isOff] of [
    [[], false],
    [['operator.guideApi=false'], true],
  ] as const) {
    const result = await template(values);
    assert.ok('text' in result, 'refused' in result ? result.refused : '');
    assert.equal(SWITCH.test(result.text), isOff);
  }
});
