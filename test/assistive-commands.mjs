import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { treeText } from './accessibility-tree.mjs';

/** Set to write the stored accessibility trees anew. */
const REWRITE = 'REWRITE_TREES';

/** Roles whose value may have words. */
const VALUED = new Set(['slider', 'spinbutton', 'meter', 'progressbar']);

/** The words of a value as the page gives them: what Chromium says over its protocol depends on its build. */
async function tellValue({ backendDOMNodeId: backendNodeId, properties }, protocol) {
  const { node } = await protocol.send('DOM.describeNode', { backendNodeId });
  const at = node.attributes.indexOf('aria-valuetext');
  const text = at < 0 ? '' : node.attributes[at + 1];
  const said = properties.find(({ name }) => name === 'valuetext');
  if (said !== undefined) said.value.value = text;
}

/**
 * A plugin of the browser runner: what tests need of the browser beside the page. `accessibility-tree` is the
 * tree that Chromium computes, `emulate` sets media features and the window, `store-trees` writes trees
 * into a file beside the test where `rewrites-trees` says that it may.
 */
export function assistiveCommands() {
  const rewrites = (process.env[REWRITE] ?? '') !== '';
  if (rewrites && process.env.CI) throw new Error(`${REWRITE} is set where CI only compares`);
  const sessions = new WeakMap();
  const protocolOf = (page) => {
    if (!sessions.has(page)) sessions.set(page, page.createCDPSession());
    return sessions.get(page);
  };
  const commands = {
    'rewrites-trees': () => rewrites,
    'store-trees': async ({ session }, { path, content }) => {
      if (!rewrites) throw new Error(`set ${REWRITE} to write the stored trees anew`);
      await writeFile(join(dirname(session.testFile), path), content);
      return true;
    },
    'accessibility-tree': async ({ protocol }, { tag }) => {
      const { result } = await protocol.send('Runtime.evaluate', {
        // An element inside a line has no node of its own.
        expression: `document.querySelector(${JSON.stringify(tag)}).parentElement`,
      });
      const { node } = await protocol.send('DOM.describeNode', { objectId: result.objectId });
      const { nodes } = await protocol.send('Accessibility.getFullAXTree');
      for (const one of nodes) if (VALUED.has(one.role?.value)) await tellValue(one, protocol);
      return treeText(nodes, node.backendNodeId);
    },
    emulate: async (
      { protocol },
      { width, zoom = 1, forcedColors = false, reducedMotion = false },
    ) => {
      await protocol.send('Emulation.setEmulatedMedia', {
        features: [
          { name: 'forced-colors', value: forcedColors ? 'active' : '' },
          { name: 'prefers-reduced-motion', value: reducedMotion ? 'reduce' : '' },
        ],
      });
      if (width === undefined) await protocol.send('Emulation.clearDeviceMetricsOverride');
      else {
        await protocol.send('Emulation.setDeviceMetricsOverride', {
          width,
          height: 800,
          deviceScaleFactor: zoom,
          mobile: false,
        });
      }
      return true;
    },
  };
  return {
    name: 'assistive-commands',
    async executeCommand({ command, payload, session }) {
      const run = commands[command];
      if (run === undefined) return undefined;
      const protocol = await protocolOf(session.browser.getPage(session.id));
      return run({ session, protocol }, payload ?? {});
    },
  };
}
