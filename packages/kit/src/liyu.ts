// The file a portal serves: defines <liyu-kit> and every widget.
import './kit.define.js';
import '@liyu/widgets/define';
