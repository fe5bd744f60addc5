import { raw } from 'hono/html';

/** The smallest embedding: ten lines of HTML, the same as in the README. */
export function barePage(subject: string) {
  return raw(`<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Liyu 礼遇</title>
<script type="module" src="/liyu/liyu.js"></script>
<liyu-kit endpoint="/liyu" token-url="/session/liyu-token" subject="${subject}"></liyu-kit>
<liyu-customer-card></liyu-customer-card>
<liyu-tier-badge></liyu-tier-badge>
<liyu-benefit-panel></liyu-benefit-panel>
<liyu-care-timeline></liyu-care-timeline>
<liyu-satisfaction-form></liyu-satisfaction-form>
`);
}
