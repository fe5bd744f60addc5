// Defines the tags of all widgets.
import './asset-mix/asset-mix.define.js';
import './benefit-panel/benefit-panel.define.js';
import './care-timeline/care-timeline.define.js';
import './customer-card/customer-card.define.js';
import './satisfaction-form/satisfaction-form.define.js';
import './tier-badge/tier-badge.define.js';
import './tier-journey/tier-journey.define.js';
