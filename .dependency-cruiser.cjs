// Which package may import which: model <- policy <- engine <- {server, widgets, sample}; model <- store;
// {store, widgets} <- kit; demo on top. `serve --demo` alone loads sample, dynamically.
const MAY = {
  model: [],
  policy: ['model'],
  engine: ['model', 'policy'],
  sample: ['model', 'policy', 'engine'],
  server: ['model', 'policy', 'engine'],
  widgets: ['model', 'policy', 'engine'],
  store: ['model'],
  kit: ['model', 'store', 'widgets'],
  demo: ['kit', 'server'],
};
const all = Object.keys(MAY);

const arrows = all.map((name) => ({
  name: `${name}-imports-only-${MAY[name].join('-') || 'itself'}`,
  severity: 'error',
  from: {
    path: `^packages/${name}/`,
    ...(name === 'server' && { pathNot: '^packages/server/src/demo/|\\.test(ing)?\\.ts$' }),
  },
  to: { path: `^packages/(?!${[name, ...MAY[name]].map((one) => `${one}/`).join('|')})` },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'declared',
      comment: 'a package imports only what its package.json lists',
      severity: 'error',
      from: {
        path: '^packages/',
        pathNot: '\\.test(ing)?\\.ts$|^packages/(demo/site|widgets/tokens)/',
      },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'] },
    },
    {
      name: 'sample-only-for-the-demo',
      comment: 'serve --demo loads the sample bank dynamically',
      severity: 'error',
      from: { path: '^packages/server/src/demo/' },
      to: { path: '^packages/sample/', dynamic: false, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-zod-in-widgets',
      comment: 'schemas need zod, which a page without a store must not load',
      severity: 'error',
      from: { path: '^packages/(widgets|kit)/', pathNot: '\\.(test|testing)\\.ts$' },
      to: { path: '^packages/model/src/schemas\\.ts$' },
    },
    {
      name: 'nobody-imports-stories',
      severity: 'error',
      from: { path: '^(packages|test)/' },
      to: { path: '^(stories|\\.storybook)/' },
    },
    {
      name: 'stories-show-widgets',
      comment: 'no store, no kit, no server behind a story',
      severity: 'error',
      from: { path: '^stories/' },
      to: { path: '^packages/(?!widgets/|model/|policy/)' },
    },
    ...arrows,
  ],
  options: {
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: {
      path: '(^|/)(dist|node_modules/\\.cache)/|^test/(chromium|postgres)/node_modules|^test/bench/',
    },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.json'],
    },
  },
};
