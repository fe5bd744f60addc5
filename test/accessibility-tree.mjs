/**
 * The accessibility tree below an element as indented text, as a screen reader meets it: role, name, what
 * stands in it, and the states that are spoken. Texts of their own inside one line are told apart by `|`.
 */

/** Roles that add nothing to what is spoken; what lies in them counts. */
const SILENT = new Set(['none', 'generic', 'InlineTextBox', 'LineBreak', 'ListMarker']);
/** Their text is the name of what they label, and is said there. */
const LABELS = new Set(['LabelText', 'Legend', 'caption']);
/** States that a screen reader says, in this order; those of the second list also when they are off. */
const SPOKEN = ['level', 'checked', 'selected', 'disabled', 'required', 'invalid', 'valuetext'];
const SPOKEN_OFF = ['pressed', 'expanded'];

/**
 * @param {object[]} nodes the answer of `Accessibility.getFullAXTree`
 * @param {number} element `backendDOMNodeId` of the element
 * @returns {string}
 */
export function treeText(nodes, element) {
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const root = nodes.find(({ backendDOMNodeId }) => backendDOMNodeId === element);
  if (root === undefined) throw new Error('the element is not in the accessibility tree');
  return spokenIn(root, byId)
    .flatMap((node) => lines(node, byId, ''))
    .join('\n');
}

/** The nodes that are met inside one, whatever silent ones lie between. */
function spokenIn(node, byId) {
  return (node.childIds ?? [])
    .map((id) => byId.get(id))
    .filter((child) => child !== undefined)
    .flatMap((child) => {
      if (!child.ignored && LABELS.has(child.role.value)) {
        return spokenIn(child, byId).filter((inner) => !isText(inner));
      }
      return isSilent(child) ? spokenIn(child, byId) : [child];
    });
}

function isSilent({ ignored, role, name }) {
  if (ignored || SILENT.has(role.value)) return true;
  return role.value === 'StaticText' && name.value.trim() === '';
}

function isText({ role }) {
  return role.value === 'StaticText';
}

function lines(node, byId, indent) {
  const inner = spokenIn(node, byId);
  const holdsText = inner.length > 0 && inner.every(isText);
  const words = holdsText ? inner.map(({ name }) => name.value).join('|') : '';
  const bare = (text) => text.replaceAll(/[\s|]/g, '');
  const name = node.name?.value.trim() ?? '';
  const content = words === '' || bare(words) === bare(name) ? '' : `: ${words.trim()}`;
  const said = [
    isText(node) ? 'text' : node.role.value,
    ...(name === '' ? [] : [JSON.stringify(name)]),
    ...states(node),
  ].join(' ');
  const below = holdsText ? [] : inner.flatMap((child) => lines(child, byId, `${indent}  `));
  return [`${indent}${said}${content}`, ...below];
}

function states({ role, value, description, properties = [] }) {
  const found = new Map(properties.map((one) => [one.name, one.value.value]));
  // The depth of a list is heard by its place.
  if (role.value !== 'heading') found.delete('level');
  const isOn = (state) => ![undefined, '', false, 'false'].includes(state);
  const said = (text) => JSON.stringify(String(text));
  return [
    ...(isOn(value?.value) ? [`value=${said(value.value)}`] : []),
    ...SPOKEN.filter((name) => isOn(found.get(name))).map((name) => stateText(name, found)),
    ...SPOKEN_OFF.filter((name) => found.has(name)).map((name) => stateText(name, found)),
    ...(isOn(description?.value) ? [`described ${said(description.value)}`] : []),
  ];
}

function stateText(name, found) {
  const state = found.get(name);
  if (state === true || state === 'true') return name;
  return `${name}=${state}`;
}
