package dev.milvuso.trainer.data.parquet;

import dev.milvuso.trainer.data.parquet.Column.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * How the values of a column become cells: by what they are on disk, what their writer meant, and what is asked for.
 */
final class ColumnTypes {
    /** Of 1970-01-01, as INT96 counts days. */
    private static final long JULIAN_EPOCH_DAY = 2_440_588;

    private ColumnTypes() {}

    /** Empty if such a column cannot be read as that. */
    static Optional<CellConverter> converter(Type type, Kind kind) {
        if (!type.isPrimitive() || type.isRepetition(Type.Repetition.REPEATED)) {
            return Optional.empty();
        }
        PrimitiveType primitive = type.asPrimitiveType();
        return switch (kind) {
            case NAME -> name(primitive);
            case NUMBER -> number(primitive).or(() -> text(primitive));
            case TIME -> time(primitive).or(() -> number(primitive)).or(() -> text(primitive));
        };
    }

    /** The type as a message shows it. */
    static String shown(Type type) {
        if (!type.isPrimitive()) {
            return "a group";
        }
        PrimitiveType primitive = type.asPrimitiveType();
        LogicalTypeAnnotation meant = primitive.getLogicalTypeAnnotation();
        String stored = primitive.getPrimitiveTypeName().toString().toLowerCase(Locale.ROOT);
        String shown = meant == null ? stored : stored + " (" + meant + ")";
        return type.isRepetition(Type.Repetition.REPEATED) ? "a list of " + shown : shown;
    }

    private static Optional<CellConverter> name(PrimitiveType type) {
        LogicalTypeAnnotation meant = type.getLogicalTypeAnnotation();
        return switch (type.getPrimitiveTypeName()) {
            case INT32, INT64 ->
                isInteger(meant)
                        ? Optional.of(CellConverter.ofWhole(
                                type.getPrimitiveTypeName(), whole -> new Cell.Text(digits(type, whole))))
                        : Optional.empty();
            case FIXED_LEN_BYTE_ARRAY ->
                meant instanceof UUIDLogicalTypeAnnotation
                        ? Optional.of(CellConverter.ofBytes(type.getPrimitiveTypeName(), ColumnTypes::uuid))
                        : Optional.empty();
            default -> text(type);
        };
    }

    private static boolean isInteger(LogicalTypeAnnotation meant) {
        return meant == null || meant instanceof IntLogicalTypeAnnotation;
    }

    private static String digits(PrimitiveType type, long whole) {
        boolean unsigned =
                type.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation integer && !integer.isSigned();
        if (!unsigned) {
            return Long.toString(whole);
        }
        return type.getPrimitiveTypeName() == PrimitiveTypeName.INT32
                ? Integer.toUnsignedString((int) whole)
                : Long.toUnsignedString(whole);
    }

    private static Cell uuid(Binary bytes) {
        ByteBuffer halves = bytes.toByteBuffer();
        return new Cell.Text(new UUID(halves.getLong(), halves.getLong()).toString());
    }

    /** Older writers leave a text's bytes without saying that they are one. */
    private static Optional<CellConverter> text(PrimitiveType type) {
        LogicalTypeAnnotation meant = type.getLogicalTypeAnnotation();
        boolean isText = type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                && (meant == null
                        || meant instanceof StringLogicalTypeAnnotation
                        || meant instanceof EnumLogicalTypeAnnotation);
        return isText
                ? Optional.of(CellConverter.ofBytes(type.getPrimitiveTypeName(), ColumnTypes::utf8))
                : Optional.empty();
    }

    private static Cell utf8(Binary bytes) {
        try {
            return new Cell.Text(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes.toByteBuffer())
                    .toString());
        } catch (CharacterCodingException e) {
            return new Cell.Unreadable("is not UTF-8");
        }
    }

    private static Optional<CellConverter> number(PrimitiveType type) {
        LogicalTypeAnnotation meant = type.getLogicalTypeAnnotation();
        if (meant instanceof DecimalLogicalTypeAnnotation decimal) {
            return decimal(type, decimal.getScale());
        }
        return switch (type.getPrimitiveTypeName()) {
            case INT32, INT64 ->
                isInteger(meant)
                        ? Optional.of(CellConverter.ofWhole(
                                type.getPrimitiveTypeName(),
                                whole -> new Cell.Figure(Double.parseDouble(digits(type, whole)))))
                        : Optional.empty();
            case FLOAT, DOUBLE -> Optional.of(CellConverter.ofReal(type.getPrimitiveTypeName(), Cell.Figure::new));
            default -> Optional.empty();
        };
    }

    private static Optional<CellConverter> decimal(PrimitiveType type, int scale) {
        return switch (type.getPrimitiveTypeName()) {
            case INT32, INT64 ->
                Optional.of(CellConverter.ofWhole(
                        type.getPrimitiveTypeName(), whole -> decimal(BigInteger.valueOf(whole), scale)));
            default ->
                Optional.of(CellConverter.ofBytes(
                        type.getPrimitiveTypeName(), bytes -> decimal(new BigInteger(bytes.getBytes()), scale)));
        };
    }

    private static Cell decimal(BigInteger digits, int scale) {
        return new Cell.Figure(new BigDecimal(digits, scale).doubleValue());
    }

    /** A time without a zone is one of UTC, as whoever leaves the zone out mostly means it. */
    private static Optional<CellConverter> time(PrimitiveType type) {
        LogicalTypeAnnotation meant = type.getLogicalTypeAnnotation();
        if (meant instanceof TimestampLogicalTypeAnnotation timestamp) {
            long units = unitsInASecond(timestamp);
            return Optional.of(CellConverter.ofWhole(
                    type.getPrimitiveTypeName(), time -> new Cell.Moment(Math.floorDiv(time, units / 1000))));
        }
        if (meant instanceof DateLogicalTypeAnnotation) {
            return Optional.of(CellConverter.ofWhole(
                    type.getPrimitiveTypeName(), day -> new Cell.Moment(TimeUnit.DAYS.toMillis(day))));
        }
        return type.getPrimitiveTypeName() == PrimitiveTypeName.INT96
                ? Optional.of(CellConverter.ofBytes(type.getPrimitiveTypeName(), ColumnTypes::int96))
                : Optional.empty();
    }

    private static long unitsInASecond(TimestampLogicalTypeAnnotation timestamp) {
        return switch (timestamp.getUnit()) {
            case MILLIS -> TimeUnit.SECONDS.toMillis(1);
            case MICROS -> TimeUnit.SECONDS.toMicros(1);
            case NANOS -> TimeUnit.SECONDS.toNanos(1);
        };
    }

    /** Nanoseconds of the day, then the Julian day; what Spark and Hive write unless told otherwise. */
    private static Cell int96(Binary bytes) {
        ByteBuffer parts = bytes.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        long nanos = parts.getLong();
        long day = parts.getInt() - JULIAN_EPOCH_DAY;
        return new Cell.Moment(TimeUnit.DAYS.toMillis(day) + Math.floorDiv(nanos, 1_000_000L));
    }
}
