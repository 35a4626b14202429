import { parser } from '@prometheus-io/lezer-promql';
import type { SyntaxNode } from '@lezer/common';
import { aggregated } from './aggregate.js';
import { combined, type Value } from './arithmetic.js';
import { increase, type Series, valueAt } from './series.js';

/** Gives every series of a metric, or undefined when there is no such metric. */
export type FindSeries = (metric: string) => Promise<Series[] | undefined>;

/** An expression that is none, or that needs more than is known here. */
export class NotUnderstood extends Error {}

/**
 * What an expression of PromQL is at a moment. Known are selectors, the usual arithmetic, comparing
 * and set operators, sum, avg, min, max and count (also `by`), rate, increase and vector.
 *
 * @param at - in milliseconds since 1970
 * @throws NotUnderstood
 */
export async function evaluate(text: string, at: number, find: FindSeries): Promise<Value> {
  const tree = parser.parse(text);
  const root = tree.topNode.firstChild;
  if (root === null) throw new NotUnderstood('an expression is missing');
  return new Evaluation(text, at, find).of(root);
}

class Evaluation {
  constructor(
    private readonly text: string,
    private readonly at: number,
    private readonly find: FindSeries,
  ) {}

  async of(node: SyntaxNode): Promise<Value> {
    switch (node.name) {
      case 'NumberDurationLiteral':
        return Number(this.textOf(node));
      case 'ParenExpr':
        return this.of(this.child(node, 0));
      case 'VectorSelector':
        return this.now(await this.selected(node));
      case 'BinaryExpr':
        return this.binary(node);
      case 'AggregateExpr':
        return this.aggregate(node);
      case 'FunctionCall':
        return this.call(node);
      default:
        throw this.unknown(node);
    }
  }

  private now(series: readonly Series[]): Value {
    return series.flatMap((each) => {
      const value = valueAt(each, this.at);
      return value === undefined ? [] : [{ labels: each.labels, value }];
    });
  }

  private async binary(node: SyntaxNode): Promise<Value> {
    const [one, operator, other, more] = childrenOf(node);
    if (!one || !operator || !other || more) throw this.unknown(node);
    const result = combined(operator.name, await this.of(one), await this.of(other));
    if (result === undefined) throw this.unknown(operator);
    return result;
  }

  private async aggregate(node: SyntaxNode): Promise<Value> {
    const operator = this.child(this.child(node, 0), 0);
    const modifier = node.getChild('AggregateModifier');
    if (modifier && !modifier.getChild('By')) throw this.unknown(modifier);
    const labels = modifier?.getChild('GroupingLabels')?.getChildren('LabelName') ?? [];
    const by = labels.map((label) => this.textOf(label));
    const value = await this.of(this.argument(node));
    const result = typeof value === 'number' ? undefined : aggregated(operator.name, by, value);
    if (result === undefined) throw this.unknown(node);
    return result;
  }

  private async call(node: SyntaxNode): Promise<Value> {
    const name = this.textOf(this.child(node, 0));
    const argument = this.argument(node);
    if (name === 'vector') {
      const value = await this.of(argument);
      if (typeof value !== 'number') throw this.unknown(node);
      return [{ labels: new Map(), value }];
    }
    if ((name !== 'rate' && name !== 'increase') || argument.name !== 'MatrixSelector') {
      throw this.unknown(node);
    }
    const series = await this.selected(this.child(argument, 0));
    const seconds = this.secondsOf(this.child(argument, 1));
    return series.map((each) => {
      const grown = increase(each, this.at - seconds * 1000, this.at);
      return { labels: each.labels, value: name === 'rate' ? grown / seconds : grown };
    });
  }

  private async selected(node: SyntaxNode): Promise<Series[]> {
    const metric = node.getChild('Identifier');
    if (metric === null) throw this.unknown(node);
    const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
    const tests = matchers.map((matcher) => this.matcher(matcher));
    const series = (await this.find(this.textOf(metric))) ?? [];
    return series.filter(({ labels }) => tests.every((test) => test(labels)));
  }

  private matcher(node: SyntaxNode): (labels: Series['labels']) => boolean {
    const [label, operator, literal] = childrenOf(node).map((child) => this.textOf(child));
    if (label === undefined || literal === undefined || !literal.startsWith('"')) {
      throw this.unknown(node);
    }
    const wanted = JSON.parse(literal) as string;
    if (operator === '=') return (labels) => (labels.get(label) ?? '') === wanted;
    if (operator === '!=') return (labels) => (labels.get(label) ?? '') !== wanted;
    throw this.unknown(node);
  }

  private secondsOf(node: SyntaxNode): number {
    const [, amount, unit] = /^\[?(\d+)([smh])\]?$/.exec(this.textOf(node)) ?? [];
    if (amount === undefined) throw this.unknown(node);
    return Number(amount) * { s: 1, m: 60, h: 3600 }[unit as 's' | 'm' | 'h'];
  }

  /** The only argument of a function or an aggregation. */
  private argument(node: SyntaxNode): SyntaxNode {
    const [argument, more] = childrenOf(node.getChild('FunctionCallBody') ?? node);
    if (argument === undefined || more) throw this.unknown(node);
    return argument;
  }

  private child(node: SyntaxNode, index: number): SyntaxNode {
    const child = childrenOf(node)[index];
    if (child === undefined) throw this.unknown(node);
    return child;
  }

  private textOf({ from, to }: SyntaxNode): string {
    return this.text.slice(from, to);
  }

  private unknown(node: SyntaxNode): NotUnderstood {
    const where = this.textOf(node).slice(0, 80) || this.text.slice(0, 80);
    return new NotUnderstood(
      `the metrics of the local stack do not understand ${where}: they know selectors with = and !=, ` +
        '+ - * / and comparisons, or, and, unless, sum, avg, min, max, count (by), rate, increase and vector',
    );
  }
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}
