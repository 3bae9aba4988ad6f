package dev.milvuso.vector.transfer.parquet;

import dev.milvuso.vector.Field;
import dev.milvuso.vector.VectorField;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/** Which columns of other programs hold what a field takes. */
final class TableTypes {
    private static final Set<PrimitiveTypeName> WHOLE = EnumSet.of(PrimitiveTypeName.INT32, PrimitiveTypeName.INT64);
    private static final Set<PrimitiveTypeName> REAL = EnumSet.of(PrimitiveTypeName.FLOAT, PrimitiveTypeName.DOUBLE);

    private TableTypes() {}

    static boolean fits(Type column, Field.Type type) {
        if (isNothing(column)) {
            return true;
        }
        if (type instanceof Field.Type.Array array) {
            return isList(column) && fits(element(column), array.element());
        }
        if (type instanceof Field.Type.Int) {
            return isWhole(column);
        }
        if (type instanceof Field.Type.Real) {
            return isWhole(column) || isReal(column);
        }
        return type instanceof Field.Type.Bool ? is(column, PrimitiveTypeName.BOOLEAN) : isText(column);
    }

    static boolean fits(Type column, VectorField.Type type) {
        if (type instanceof VectorField.Type.Dense) {
            return isList(column) && isReal(element(column));
        }
        return type instanceof VectorField.Type.Binary
                ? isPlain(column, EnumSet.of(PrimitiveTypeName.BINARY, PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY))
                : isSparse(column);
    }

    /** A column of nulls alone has no type of its own. */
    static boolean isNothing(Type column) {
        return column.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.UnknownLogicalTypeAnnotation;
    }

    private static boolean isWhole(Type column) {
        LogicalTypeAnnotation meaning = column.getLogicalTypeAnnotation();
        return column.isPrimitive()
                && WHOLE.contains(column.asPrimitiveType().getPrimitiveTypeName())
                && (meaning == null || meaning instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation);
    }

    static boolean isUnsigned(Type column) {
        return column.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation whole
                && !whole.isSigned();
    }

    private static boolean isReal(Type column) {
        return isPlain(column, REAL);
    }

    private static boolean isText(Type column) {
        LogicalTypeAnnotation meaning = column.getLogicalTypeAnnotation();
        return is(column, PrimitiveTypeName.BINARY)
                && (meaning instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation
                        || meaning instanceof LogicalTypeAnnotation.EnumLogicalTypeAnnotation
                        || meaning instanceof LogicalTypeAnnotation.JsonLogicalTypeAnnotation);
    }

    private static boolean is(Type column, PrimitiveTypeName name) {
        return column.isPrimitive() && column.asPrimitiveType().getPrimitiveTypeName() == name;
    }

    private static boolean isPlain(Type column, Set<PrimitiveTypeName> names) {
        return column.isPrimitive()
                && names.contains(column.asPrimitiveType().getPrimitiveTypeName())
                && column.getLogicalTypeAnnotation() == null;
    }

    /** In three levels, as all write it but programs of long ago. */
    static boolean isList(Type column) {
        return column.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation
                && hasEntriesOf(column, 1);
    }

    private static boolean hasEntriesOf(Type column, int members) {
        if (column.isPrimitive() || column.asGroupType().getFieldCount() != 1) {
            return false;
        }
        Type entries = column.asGroupType().getType(0);
        return entries.isRepetition(Type.Repetition.REPEATED)
                && !entries.isPrimitive()
                && entries.asGroupType().getFieldCount() == members
                && entries.asGroupType().getFields().stream()
                        .noneMatch(member -> member.isRepetition(Type.Repetition.REPEATED));
    }

    /** Of a list. */
    static Type element(Type column) {
        return entry(column).getType(0);
    }

    private static GroupType entry(Type column) {
        return column.asGroupType().getType(0).asGroupType();
    }

    private static boolean isSparse(Type column) {
        return column.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation
                && hasEntriesOf(column, 2)
                && isWhole(entry(column).getType(0))
                && isReal(entry(column).getType(1));
    }

    /** What a column holds that is of no field; nothing if no collection can have it. */
    static Optional<Field.Type> ofItsOwn(Type column) {
        if (isList(column)) {
            return single(element(column))
                    .map(element -> new Field.Type.Array(element, Field.Type.Array.MOST_ELEMENTS));
        }
        return single(column).map(type -> type);
    }

    private static Optional<Field.Type.Element> single(Type column) {
        if (isText(column)) {
            return Optional.of(new Field.Type.Text(Field.Type.Text.MOST_BYTES));
        }
        if (isWhole(column)) {
            return Optional.of(new Field.Type.Int(Long.SIZE));
        }
        if (isReal(column)) {
            return Optional.of(new Field.Type.Real(Double.SIZE));
        }
        return is(column, PrimitiveTypeName.BOOLEAN) ? Optional.of(new Field.Type.Bool()) : Optional.empty();
    }

    /** What a column of such a field holds. */
    static String right(Field.Type type) {
        if (type instanceof Field.Type.Array array) {
            return "lists of " + right(array.element());
        }
        if (type instanceof Field.Type.Int) {
            return "whole numbers";
        }
        if (type instanceof Field.Type.Real) {
            return "numbers";
        }
        if (type instanceof Field.Type.Bool) {
            return "true and false";
        }
        return type instanceof Field.Type.Json ? "text, which is JSON" : "text";
    }

    static String right(VectorField.Type type) {
        if (type instanceof VectorField.Type.Dense dense) {
            return "lists of " + dense.dimension() + " floats or doubles";
        }
        return type instanceof VectorField.Type.Binary binary
                ? binary.dimension() / Byte.SIZE + " bytes"
                : "maps from whole numbers to floats or doubles";
    }

    /** As programs name such a column. */
    static String words(Type column) {
        if (isList(column)) {
            return "list<" + words(element(column)) + ">";
        }
        LogicalTypeAnnotation meaning = column.getLogicalTypeAnnotation();
        if (meaning != null) {
            return meaning.toString().toLowerCase(Locale.ROOT);
        }
        if (!column.isPrimitive()) {
            return "struct";
        }
        PrimitiveType type = column.asPrimitiveType();
        return switch (type.getPrimitiveTypeName()) {
            case BINARY -> "binary";
            case FIXED_LEN_BYTE_ARRAY -> "fixed_size_binary(" + type.getTypeLength() + ")";
            case INT96 -> "timestamp";
            default -> type.getPrimitiveTypeName().name().toLowerCase(Locale.ROOT);
        };
    }
}
