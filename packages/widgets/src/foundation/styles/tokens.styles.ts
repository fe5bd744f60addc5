// Made of tokens/tokens.json by `npm run tokens`; not by hand.
import { css } from 'lit';

/**
 * Roles of tokens/tokens.json. A bank sets `--liyu-<role>` on its page or on a tag; inside, every rule
 * reads the short name. Dark follows the `color-scheme` that the page declares; a browser without
 * light-dark() stays light.
 */
export const tokenStyles = css`
  .root {
    --surface: var(--liyu-surface, #ffffff);
    --sunken: var(--liyu-sunken, #f5f6f6);
    --line: var(--liyu-line, #dde1e3);
    --line-strong: var(--liyu-line-strong, #7b858b);
    --text: var(--liyu-text, #1c2225);
    --text-muted: var(--liyu-text-muted, #545f66);
    --accent: var(--liyu-accent, #245a5e);
    --on-accent: var(--liyu-on-accent, #ffffff);
    --accent-soft: var(--liyu-accent-soft, #ebf2f2);
    --emblem: var(--liyu-emblem, #1c2225);
    --notice: var(--liyu-notice, #74480a);
    --notice-soft: var(--liyu-notice-soft, #faf4e8);
    --positive: var(--liyu-positive, #2a6144);
    --positive-soft: var(--liyu-positive-soft, #eef5f0);
    --negative: var(--liyu-negative, #9b2c24);
    --negative-soft: var(--liyu-negative-soft, #fbf0ee);
    --radius: var(--liyu-radius, 6px);
    --font: var(
      --liyu-font,
      'PingFang SC',
      'HarmonyOS Sans SC',
      'MiSans',
      'Noto Sans CJK SC',
      'Source Han Sans SC',
      'Microsoft YaHei',
      sans-serif
    );
    --font-figures: var(
      --liyu-font-figures,
      var(
        --liyu-font,
        -apple-system,
        'Segoe UI',
        'Roboto',
        'Noto Sans',
        'PingFang SC',
        'Noto Sans CJK SC',
        'Microsoft YaHei',
        sans-serif
      )
    );
  }
  .root:lang(en) {
    --font: var(
      --liyu-font-latin,
      var(
        --liyu-font,
        -apple-system,
        'Segoe UI',
        'Roboto',
        'Noto Sans',
        'PingFang SC',
        'Noto Sans CJK SC',
        'Microsoft YaHei',
        sans-serif
      )
    );
  }
  @supports (color: light-dark(#000, #fff)) {
    .root {
      --surface: var(--liyu-surface, light-dark(#ffffff, #171b1d));
      --sunken: var(--liyu-sunken, light-dark(#f5f6f6, #1f2427));
      --line: var(--liyu-line, light-dark(#dde1e3, #323a3e));
      --line-strong: var(--liyu-line-strong, light-dark(#7b858b, #87939a));
      --text: var(--liyu-text, light-dark(#1c2225, #e7ebed));
      --text-muted: var(--liyu-text-muted, light-dark(#545f66, #a9b3b9));
      --accent: var(--liyu-accent, light-dark(#245a5e, #8cc6c8));
      --on-accent: var(--liyu-on-accent, light-dark(#ffffff, #0d2426));
      --accent-soft: var(--liyu-accent-soft, light-dark(#ebf2f2, #1e2e30));
      --emblem: var(--liyu-emblem, light-dark(#1c2225, #e7ebed));
      --notice: var(--liyu-notice, light-dark(#74480a, #e3b972));
      --notice-soft: var(--liyu-notice-soft, light-dark(#faf4e8, #2a2418));
      --positive: var(--liyu-positive, light-dark(#2a6144, #90cba6));
      --positive-soft: var(--liyu-positive-soft, light-dark(#eef5f0, #1a2720));
      --negative: var(--liyu-negative, light-dark(#9b2c24, #f2a69c));
      --negative-soft: var(--liyu-negative-soft, light-dark(#fbf0ee, #2e1e1c));
    }
  }

  .root {
    --note: 13px;
    --note-line: 20px;
    --small: 14px;
    --small-line: 22px;
    --text-size: 16px;
    --text-line: 26px;
    --title: 18px;
    --title-line: 28px;
    --headline: 22px;
    --headline-line: 32px;
    --target: 44px;
    --gap: 16px;
    --pad: 20px;
    --icon: 20px;
    --icon-small: 18px;
  }
  .root:lang(en) {
    --small-line: 21px;
    --text-line: 25px;
  }
  .root[data-compact] {
    --note: 12px;
    --note-line: 19px;
    --small: 13px;
    --small-line: 20px;
    --text-size: 14px;
    --text-line: 23px;
    --title: 16px;
    --title-line: 24px;
    --headline: 19px;
    --headline-line: 28px;
    --gap: 12px;
    --icon: 18px;
  }
  .root[data-elder] {
    --note: 18px;
    --note-line: 28px;
    --small: 18px;
    --small-line: 28px;
    --text-size: 20px;
    --text-line: 34px;
    --title: 24px;
    --title-line: 36px;
    --headline: 30px;
    --headline-line: 42px;
    --target: 60px;
    --gap: 20px;
    --icon: 26px;
    --icon-small: 24px;
  }
`;
