import { formatMoney } from '../format/money.js';

/** What is for sale, as HTML. */
export function productList(products) {
  if (products.length === 0) return '<p>Nothing for sale today.</p>';
  return `<ul>${products.map(row).join('')}</ul>`;
}

function row({ id, name, priceCents }) {
  return `<li>${name} <b>${formatMoney(priceCents)}</b> <button data-add="${id}">Add</button></li>`;
}
