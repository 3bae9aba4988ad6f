package dev.milvuso.vector.tenant;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.Texts;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keys, rows and filters of one tenant as they are in a collection that tenants share, and back. A key that is a text
 * begins with the tenant's name and a slash there, so that two tenants' never meet, and its order stays.
 *
 * @param own the schema as the tenant knows it
 */
record SharedRows(TenantName tenant, CollectionSchema own) {
    private String prefix() {
        return tenant.plain() + "/";
    }

    /** What only this tenant's rows fulfil. */
    Filter mine() {
        return Filter.equal(SharedSchema.TENANT, tenant.plain());
    }

    /** @throws IllegalArgumentException if the filter looks at the field that says whose a row is */
    Filter mine(Filter filter) {
        return new Filter.And(List.of(mine(), shared(filter)));
    }

    Filter mine(Optional<Filter> filter) {
        return filter.map(this::mine).orElse(mine());
    }

    Filter keys(Collection<Id> keys) {
        return new Filter.And(List.of(
                mine(),
                Path.of(own.key().name())
                        .isIn(keys.stream().map(key -> shared(key).plain()).toList())));
    }

    Id shared(Id key) {
        return key instanceof Id.Text text ? Id.of(prefix() + text.value()) : key;
    }

    Id own(Id key) {
        return key instanceof Id.Text text ? Id.of(text.value().substring(prefix().length())) : key;
    }

    /** @throws IllegalArgumentException if the row says itself whose it is */
    Entity shared(Entity row) {
        if (row.fields().containsKey(SharedSchema.TENANT)) {
            throw new IllegalArgumentException("there is no field " + SharedSchema.TENANT);
        }
        return new Entity(row.key().map(this::shared), row.vectors(), row.fields())
                .with(SharedSchema.TENANT, (Object) tenant.plain());
    }

    Entity own(Entity row) {
        Map<String, Object> fields = new HashMap<>(row.fields());
        fields.remove(SharedSchema.TENANT);
        return new Entity(row.key().map(this::own), row.vectors(), fields);
    }

    Hit own(Hit hit) {
        return new Hit(own(hit.key()), hit.score(), hit.entity().map(this::own));
    }

    private Filter shared(Filter filter) {
        if (filter instanceof Filter.And and) {
            return new Filter.And(and.all().stream().map(this::shared).toList());
        }
        if (filter instanceof Filter.Or or) {
            return new Filter.Or(or.any().stream().map(this::shared).toList());
        }
        if (filter instanceof Filter.Not not) {
            return new Filter.Not(shared(not.filter()));
        }
        if (filter instanceof Filter.Compare compare) {
            return new Filter.Compare(
                    checked(compare.path()), compare.operator(), operand(compare.path(), compare.value()));
        }
        if (filter instanceof Filter.Between between) {
            return new Filter.Between(
                    checked(between.path()),
                    operand(between.path(), between.low()),
                    between.lowIncluded(),
                    operand(between.path(), between.high()),
                    between.highIncluded());
        }
        if (filter instanceof Filter.In in) {
            return new Filter.In(
                    checked(in.path()),
                    in.values().stream().map(value -> operand(in.path(), value)).toList());
        }
        if (filter instanceof Filter.Like like) {
            String begin = isKey(like.path()) ? Texts.escapedForLike(prefix()) : "";
            return new Filter.Like(checked(like.path()), begin + like.pattern());
        }
        checked(path(filter));
        return filter;
    }

    private static Path path(Filter filter) {
        if (filter instanceof Filter.ArrayContains contains) {
            return contains.path();
        }
        if (filter instanceof Filter.ArrayLength length) {
            return length.path();
        }
        return filter instanceof Filter.Exists exists ? exists.path() : ((Filter.IsNull) filter).path();
    }

    private static Path checked(Path path) {
        if (path.field().equals(SharedSchema.TENANT)) {
            throw new IllegalArgumentException("there is no field " + SharedSchema.TENANT);
        }
        return path;
    }

    private boolean isKey(Path path) {
        return path.field().equals(own.key().name());
    }

    private Object operand(Path path, Object value) {
        return isKey(path) && value instanceof String text ? prefix() + text : value;
    }
}
