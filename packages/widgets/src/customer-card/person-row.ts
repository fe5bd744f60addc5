import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Customer } from '@liyu/model';
import { icon } from '../foundation/icon.js';
import { isolated } from '../foundation/isolated.js';
import { telUrl } from '../foundation/safe-url.js';
import { figure, unseen } from '../foundation/text.js';
import type { Language } from '../messages/language.js';

interface Row {
  who: Pick<NonNullable<Customer['clientManager']>, 'name' | 'phone'>;
  role: string;
  /** What one comes to this person with. */
  duty: string;
  elder: boolean;
  /** Whether it is the person to call first. */
  first: boolean;
  language: Language;
}

/** A person of the bank with the number to call; on a computer the number can be read and dialled. */
export function personRow({ who, role, duty, elder, first, language }: Row): TemplateResult {
  const url = telUrl(who.phone);
  const call = language.say('call');
  const words = isolated(who.name);
  const name = elder ? words : unseen(words);
  return html`<li class="person">
    <div>
      <p class="name">${words}</p>
      <p class="small muted role"><span>${role}</span>${figure(who.phone)}</p>
      ${elder ? nothing : html`<p class="fine">${duty}</p>`}
    </div>
    ${
      url === undefined
        ? nothing
        : html`<a class="button ${elder && first ? 'primary' : ''}" href=${url}
            >${icon('phone')}<span>${call}${language.locale === 'en' ? ' ' : ''}${name}</span></a
          >`
    }
  </li>`;
}
