package dev.fanfare.protocols.centrifuge;

import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.model.TagsFilter;
import dev.fanfare.core.model.TagsFilter.Decimal.Order;
import dev.fanfare.core.model.TagsFilter.Text.Relation;
import dev.fanfare.protocols.centrifuge.Incoming.FilterNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a filter by tags: a tree of nodes. Made for one. */
final class FilterReader {
    private static final int MOST_NODES = 256;
    private static final int DEEPEST = 16;
    private static final Fields<FilterNode> NOTHING = new Fields<>(new FilterNode[0]);

    private int nodes;
    private @Nullable Refusal fault;

    /** What is wrong with the filter that was read; null: nothing. */
    @Nullable Refusal fault() {
        return fault;
    }

    /** After a fault, any. */
    TagsFilter read(MessageReader in) throws IOException {
        return node(in, 1);
    }

    private TagsFilter node(MessageReader in, int depth) throws IOException {
        nodes++;
        if (depth > DEEPEST || nodes > MOST_NODES) {
            in.next(NOTHING);
            var most = "at most " + MOST_NODES + " nodes, at most " + DEEPEST + " deep";
            return wrong("tf", "a larger filter", most);
        }
        var op = "";
        var key = "";
        var comparison = "";
        var value = "";
        var values = new ArrayList<String>();
        var parts = new ArrayList<TagsFilter>();
        FilterNode field;
        while ((field = in.next(FilterNode.FIELDS)) != null) {
            switch (field) {
                case OP -> op = in.text();
                case KEY -> key = in.text();
                case CMP -> comparison = in.text();
                case VAL -> value = in.text();
                case VALS -> in.texts(values::add);
                case NODES -> in.messages(reader -> parts.add(node(reader, depth + 1)));
            }
        }
        return op.isEmpty() ? leaf(key, comparison, value, values) : branch(op, parts);
    }

    private TagsFilter branch(String op, List<TagsFilter> parts) {
        if (parts.isEmpty()) {
            return wrong("tf.nodes", "nothing", "what '" + op + "' is about");
        }
        return switch (op) {
            case "and" -> new TagsFilter.AllOf(parts);
            case "or" -> new TagsFilter.AnyOf(parts);
            case "not" ->
                    parts.size() == 1
                            ? new TagsFilter.Not(parts.getFirst())
                            : wrong("tf.nodes", parts.size() + " nodes", "one, after 'not'");
            default -> wrong("tf.op", op, "and, or, not, or nothing");
        };
    }

    private TagsFilter leaf(String key, String comparison, String value, List<String> values) {
        if (key.isEmpty()) {
            return wrong("tf.key", "nothing", "a tag's name");
        }
        return switch (comparison) {
            case "eq" -> new TagsFilter.Text(key, Relation.EQUALS, value);
            case "neq" -> not(new TagsFilter.Text(key, Relation.EQUALS, value));
            case "in" -> new TagsFilter.In(key, Set.copyOf(values));
            case "nin" -> not(new TagsFilter.In(key, Set.copyOf(values)));
            case "ex" -> new TagsFilter.Exists(key);
            case "nex" -> not(new TagsFilter.Exists(key));
            case "sw" -> new TagsFilter.Text(key, Relation.STARTS_WITH, value);
            case "ew" -> new TagsFilter.Text(key, Relation.ENDS_WITH, value);
            case "ct" -> new TagsFilter.Text(key, Relation.CONTAINS, value);
            case "lt" -> new TagsFilter.Decimal(key, Order.LESS, value);
            case "lte" -> new TagsFilter.Decimal(key, Order.AT_MOST, value);
            case "gt" -> new TagsFilter.Decimal(key, Order.MORE, value);
            case "gte" -> new TagsFilter.Decimal(key, Order.AT_LEAST, value);
            default ->
                    wrong(
                            "tf.cmp",
                            comparison,
                            "eq, neq, in, nin, ex, nex, sw, ew, ct, lt, lte, gt or gte");
        };
    }

    private static TagsFilter not(TagsFilter part) {
        return new TagsFilter.Not(part);
    }

    /** The first fault counts. */
    private TagsFilter wrong(String field, String got, String expected) {
        if (fault == null) {
            fault = new Refusal(ErrorCode.BAD_REQUEST, field, got, expected);
        }
        return TagsFilter.EVERYTHING;
    }
}
