package dev.milvuso.vector.embedded.column;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.filter.RowFilter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The values of a field. Any number of threads may read it while nobody writes. */
public interface Column extends RowFilter.Column {
    /** @return as small as the type allows */
    static Column of(Field.Type type) {
        if (type instanceof Field.Type.Text) {
            return new TextColumn();
        }
        boolean isNumber =
                type instanceof Field.Type.Int || type instanceof Field.Type.Real || type instanceof Field.Type.Bool;
        return isNumber ? new NumberColumn(Numbering.of(type)) : new ObjectColumn();
    }

    /** Of memory: of numbers by their arrays' sizes, of objects about. */
    long bytes();

    /** @param value of the field's type; null for none */
    void put(int slot, @Nullable Object value);

    /**
     * The test that a part of a filter makes of the values, without making objects of them. It stays right while rows
     * are written.
     *
     * @param leaf of the field itself, checked
     * @param wanted whether the rows are wanted that fulfil it, or those that do not; a row without a value does
     *     neither
     * @return none if it must be asked of objects
     */
    Optional<RowTest> test(Filter leaf, boolean wanted, CollectionSchema schema);
}
