package drypoint.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.datasketches.common.ArrayOfStringsSerDe;
import org.apache.datasketches.frequencies.ItemsSketch;
import org.apache.datasketches.frequencies.LongsSketch;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.kll.KllFloatsSketch;
import org.apache.datasketches.kll.KllItemsSketch;
import org.apache.datasketches.kll.KllLongsSketch;
import org.apache.datasketches.kll.KllSketch.SketchType;
import org.apache.datasketches.memory.DefaultMemoryRequestServer;
import org.apache.datasketches.memory.WritableMemory;

/** Writes the golden files of the Java library into a folder, and java.json about them. */
final class Write {
  private static final int MANY = 100_000;

  private final Path folder;
  private final List<Object> files = new ArrayList<>();

  private Write(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] arguments) throws IOException {
    Write write = new Write(Path.of(arguments[0]));
    write.hllModes();
    write.hllLarge();
    write.hllItems();
    write.hllAwkward();
    write.hllUnions();
    write.hllExceptions();
    write.kllNumbers();
    write.kllStrings();
    write.kllAwkward();
    write.kllMerged();
    write.kllUpdatable();
    write.frequentLongs();
    write.frequentStrings();
    write.frequentAwkward();
    Files.writeString(write.folder.resolve("java.json"), Json.text(write.files));
  }

  private void save(String kind, String name, String stream, byte[] bytes) throws IOException {
    String file = kind + "_" + name + "_java.sk";
    Files.write(folder.resolve(file), bytes);
    Map<String, Object> about = Json.object(
        "file", file, "kind", kind, "writer", "datasketches-java 6.2.0", "stream", stream,
        "answers", Answers.of(kind, bytes));
    files.add(about);
  }

  private static String lower(TgtHllType type) {
    return type.name().toLowerCase(Locale.ROOT).replace("_", "");
  }

  private static HllSketch longs(int lgK, TgtHllType type, int begin, int end) {
    HllSketch sketch = new HllSketch(lgK, type);
    for (long i = begin; i < end; i++) {
      sketch.update(i);
    }
    return sketch;
  }

  /** Empty, list, set and registers, as far as each size has them. */
  private void hllModes() throws IOException {
    for (int lgK : new int[] {4, 8, 12}) {
      for (TgtHllType type : TgtHllType.values()) {
        for (int n : new int[] {0, 1, 5, 20, 300, 20_000}) {
          HllSketch sketch = longs(lgK, type, 0, n);
          String name = lower(type) + "_lgk" + lgK + "_n" + n;
          String stream = "longs 0 to " + n + ", end excluded";
          save("hll", name + "_compact", stream, sketch.toCompactByteArray());
          save("hll", name + "_updatable", stream, sketch.toUpdatableByteArray());
        }
      }
    }
  }

  /** The most registers, while there are only coupons. */
  private void hllLarge() throws IOException {
    for (int n : new int[] {5, 300}) {
      HllSketch sketch = longs(21, TgtHllType.HLL_4, 0, n);
      String stream = "longs 0 to " + n + ", end excluded";
      save("hll", "hll4_lgk21_n" + n + "_compact", stream, sketch.toCompactByteArray());
    }
  }

  /** Items that a hash may get wrong: two zeros, NaN, infinities; texts of all lengths; bytes. */
  private void hllAwkward() throws IOException {
    HllSketch doubles = new HllSketch(12, TgtHllType.HLL_8);
    double nan = Double.longBitsToDouble(0xFFF8000000000001L);
    double[] numbers = {-0.0, 0.0, Double.NaN, nan, Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY, Double.MIN_VALUE, Double.MAX_VALUE, 0.1};
    Arrays.stream(numbers).forEach(doubles::update);
    save("hll", "awkward_doubles", "-0, 0, two NaN, +-inf, least and greatest double, 0.1",
        doubles.toCompactByteArray());
    HllSketch texts = new HllSketch(12, TgtHllType.HLL_8);
    Stream.of("", "日本語", "🜁").forEach(texts::update);
    IntStream.rangeClosed(1, 40).forEach(i -> texts.update("x".repeat(i)));
    texts.update("x".repeat(1000));
    save("hll", "awkward_strings", "\"\", 日本語, 🜁; x 1 to 40 and 1000 times",
        texts.toCompactByteArray());
    HllSketch bytes = new HllSketch(12, TgtHllType.HLL_8);
    IntStream.range(0, 40).forEach(i -> {
      byte[] item = new byte[i];
      Arrays.fill(item, (byte) (255 - i));
      bytes.update(item);
    });
    save("hll", "awkward_bytes", "0 to 39 bytes of 255 less their number",
        bytes.toCompactByteArray());
  }

  private void hllItems() throws IOException {
    HllSketch doubles = new HllSketch(12, TgtHllType.HLL_8);
    HllSketch strings = new HllSketch(12, TgtHllType.HLL_8);
    for (int i = 0; i < 2000; i++) {
      doubles.update(i + 0.5);
      strings.update("user_" + i);
    }
    save("hll", "doubles", "doubles 0.5, 1.5 to 1999.5", doubles.toCompactByteArray());
    save("hll", "strings", "strings user_0 to user_1999", strings.toCompactByteArray());
  }

  private void hllUnions() throws IOException {
    for (TgtHllType type : TgtHllType.values()) {
      for (int lgK : new int[] {4, 8, 12}) {
        Union union = new Union(lgK);
        union.update(longs(12, type, 0, 10_000));
        union.update(longs(lgK, type, 5_000, 15_000));
        String name = lower(type) + "_lgk" + lgK + "_union";
        String stream = "union of longs 0 to 10000 (lg_k 12) and 5000 to 15000, ends excluded";
        HllSketch result = union.getResult(type);
        save("hll", name + "_compact", stream, result.toCompactByteArray());
        save("hll", name + "_updatable", stream, result.toUpdatableByteArray());
      }
    }
  }

  /** The first sketches with a register that 4 bits cannot hold. */
  private void hllExceptions() throws IOException {
    for (int lgK : new int[] {8, 12}) {
      HllSketch sketch = new HllSketch(lgK, TgtHllType.HLL_4);
      long i = 0;
      while (exceptions(sketch) == 0) {
        long end = 2 * i + 10_000;
        for (; i < end; i++) {
          sketch.update(i);
        }
      }
      String stream = "longs 0 to " + i + ", end excluded: registers that 4 bits cannot hold";
      String name = "hll4_lgk" + lgK + "_exceptions";
      save("hll", name + "_compact", stream, sketch.toCompactByteArray());
      save("hll", name + "_updatable", stream, sketch.toUpdatableByteArray());
    }
  }

  /** Their number stands at byte 36 of a sketch with registers (preamble of 10). */
  private static int exceptions(HllSketch sketch) {
    byte[] bytes = sketch.toCompactByteArray();
    return bytes[0] == 10 ? bytes[36] : 0;
  }

  /** Numbers 0 to n in an order without order: 7919 is prime and no factor of n. */
  private static IntStream mixed(int n) {
    return IntStream.range(0, n).map(i -> (int) (i * 7919L % n));
  }

  private void kllNumbers() throws IOException {
    for (int n : new int[] {0, 1, 10, 1000, MANY}) {
      KllDoublesSketch doubles = KllDoublesSketch.newHeapInstance(200);
      KllFloatsSketch floats = KllFloatsSketch.newHeapInstance(200);
      KllLongsSketch longs = KllLongsSketch.newHeapInstance(200);
      mixed(n).forEach(i -> {
        doubles.update(i / 4.0);
        floats.update(i / 4.0f);
        longs.update(i - 10L);
      });
      String quarters = "quarters 0 to " + n + " / 4, mixed";
      save("kll_f64", "n" + n, quarters, doubles.toByteArray());
      save("kll_f32", "n" + n, quarters, floats.toByteArray());
      save("kll_i64", "n" + n, "longs -10 to " + n + " - 10, mixed", longs.toByteArray());
    }
  }

  private static KllItemsSketch<String> kllStrings(int k) {
    return KllItemsSketch.newHeapInstance(k, Comparator.naturalOrder(), new ArrayOfStringsSerDe());
  }

  private void kllStrings() throws IOException {
    for (int n : new int[] {0, 1, 10, 1000, MANY}) {
      KllItemsSketch<String> strings = kllStrings(100);
      mixed(n).forEach(i -> strings.update("user_" + i));
      save("kll_string", "n" + n, "strings user_0 to user_" + n + ", mixed", strings.toByteArray());
    }
  }

  /** Both zeros, infinities and the ends of each type; texts of all lengths. */
  private void kllAwkward() throws IOException {
    KllDoublesSketch doubles = KllDoublesSketch.newHeapInstance(8);
    double[] numbers = {Double.POSITIVE_INFINITY, Double.MAX_VALUE, 0.0, Double.NaN, -0.0,
        Double.MIN_VALUE, -Double.MAX_VALUE, Double.NEGATIVE_INFINITY};
    Arrays.stream(numbers).forEach(doubles::update);
    save("kll_f64", "awkward", "+-inf, the greatest and least doubles, 0, -0, NaN",
        doubles.toByteArray());
    KllLongsSketch longs = KllLongsSketch.newHeapInstance(8);
    LongStream.of(Long.MAX_VALUE, 0, -1, Long.MIN_VALUE).forEach(longs::update);
    save("kll_i64", "awkward", "2^63 - 1, 0, -1, -2^63", longs.toByteArray());
    KllItemsSketch<String> texts = kllStrings(8);
    Stream.of("日本語", "", "é", "x".repeat(1000), "a").forEach(texts::update);
    save("kll_string", "awkward", "日本語, \"\", é, x 1000 times, a", texts.toByteArray());
  }

  private void kllMerged() throws IOException {
    KllDoublesSketch doubles = KllDoublesSketch.newHeapInstance(200);
    KllDoublesSketch less = KllDoublesSketch.newHeapInstance(40);
    KllItemsSketch<String> strings = kllStrings(100);
    KllItemsSketch<String> fewer = kllStrings(20);
    mixed(10_000).forEach(i -> {
      doubles.update(i);
      less.update(i + 10_000);
      strings.update("user_" + i);
      fewer.update("user_" + (i + 10_000));
    });
    doubles.merge(less);
    strings.merge(fewer);
    save("kll_f64", "merged", "0 to 10000 at k 200 with 10000 to 20000 at k 40, mixed",
        doubles.toByteArray());
    save("kll_string", "merged", "user_0 to user_9999 at k 100 with user_10000 to 19999 at k 20",
        strings.toByteArray());
  }

  /** The form in which the Java library works outside the heap: free places and all. */
  private void kllUpdatable() throws IOException {
    for (int n : new int[] {0, 1, 10, MANY}) {
      WritableMemory doubles = room(SketchType.DOUBLES_SKETCH);
      WritableMemory floats = room(SketchType.FLOATS_SKETCH);
      WritableMemory longs = room(SketchType.LONGS_SKETCH);
      DefaultMemoryRequestServer server = new DefaultMemoryRequestServer();
      KllDoublesSketch inDoubles = KllDoublesSketch.newDirectInstance(200, doubles, server);
      KllFloatsSketch inFloats = KllFloatsSketch.newDirectInstance(200, floats, server);
      KllLongsSketch inLongs = KllLongsSketch.newDirectInstance(200, longs, server);
      mixed(n).forEach(i -> {
        inDoubles.update(i / 4.0);
        inFloats.update(i / 4.0f);
        inLongs.update(i - 10L);
      });
      String name = "n" + n + "_updatable";
      String quarters = "quarters 0 to " + n + " / 4, mixed";
      save("kll_f64", name, quarters, used(doubles, Double.BYTES));
      save("kll_f32", name, quarters, used(floats, Float.BYTES));
      save("kll_i64", name, "longs -10 to " + n + " - 10, mixed",
          used(longs, Long.BYTES));
    }
  }

  private static WritableMemory room(SketchType type) {
    int size = org.apache.datasketches.kll.KllSketch.getMaxSerializedSizeBytes(
        200, MANY, type, true);
    return WritableMemory.allocate(size);
  }

  /** Preamble, levels and their end, least and greatest item, and as many places as that end. */
  private static byte[] used(WritableMemory memory, int itemBytes) {
    int levels = memory.getByte(18);
    int places = memory.getInt(20 + 4 * levels);
    int size = 20 + 4 * (levels + 1) + (2 + places) * itemBytes;
    byte[] bytes = new byte[size];
    memory.getByteArray(0, bytes, 0, size);
    return bytes;
  }

  /** Calls with item and how often it comes: a few heavy items among many light ones. */
  private static void skewed(int n, BiConsumer<Integer, Integer> update) {
    for (int i = 0; i < n; i++) {
      update.accept(i % 3 == 0 ? i % 21 / 3 : i, 1);
    }
  }

  private void frequentLongs() throws IOException {
    LongsSketch empty = new LongsSketch(64);
    save("frequent_i64", "empty", "nothing", empty.toByteArray());
    LongsSketch exact = new LongsSketch(64);
    skewed(30, (item, weight) -> exact.update(item, weight));
    save("frequent_i64", "exact", "longs 0 to 30, each third one of 0 to 6", exact.toByteArray());
    LongsSketch purged = new LongsSketch(64);
    skewed(20_000, (item, weight) -> purged.update(item, weight));
    save("frequent_i64", "purged", "longs 0 to 20000, each third one of 0 to 6",
        purged.toByteArray());
    LongsSketch weighted = new LongsSketch(256);
    IntStream.range(0, 1000).forEach(i -> weighted.update(i - 500, i % 100 + 1L));
    save("frequent_i64", "weighted", "longs -500 to 500, the i-th i % 100 + 1 times",
        weighted.toByteArray());
    weighted.merge(purged);
    save("frequent_i64", "merged", "weighted with purged merged into it", weighted.toByteArray());
  }

  private void frequentStrings() throws IOException {
    ArrayOfStringsSerDe serde = new ArrayOfStringsSerDe();
    save("frequent_string", "empty", "nothing", new ItemsSketch<String>(64).toByteArray(serde));
    ItemsSketch<String> exact = new ItemsSketch<>(64);
    skewed(30, (item, weight) -> exact.update("user_" + item, weight));
    exact.update("日本語", 3);
    exact.update("", 2);
    save("frequent_string", "exact", "user_0 to 30, each third one of 0 to 6; 日本語 3, \"\" 2 times",
        exact.toByteArray(serde));
    ItemsSketch<String> purged = new ItemsSketch<>(64);
    skewed(20_000, (item, weight) -> purged.update("user_" + item, weight));
    save("frequent_string", "purged", "user_0 to 20000, each third one of 0 to 6",
        purged.toByteArray(serde));
    ItemsSketch<String> weighted = new ItemsSketch<>(256);
    IntStream.range(0, 1000).forEach(i -> weighted.update("user_" + i, i % 100 + 1L));
    save("frequent_string", "weighted", "user_0 to 1000, the i-th i % 100 + 1 times",
        weighted.toByteArray(serde));
    weighted.merge(purged);
    save("frequent_string", "merged", "weighted with purged merged into it",
        weighted.toByteArray(serde));
  }

  /** The smallest map; the ends of the integers; weights beyond 32 bits; texts of all lengths. */
  private void frequentAwkward() throws IOException {
    LongsSketch longs = new LongsSketch(8);
    longs.update(Long.MIN_VALUE, 1L << 40);
    longs.update(Long.MAX_VALUE, 3);
    longs.update(-1, 1L << 41);
    save("frequent_i64", "awkward", "-2^63 2^40 times, 2^63 - 1 3 times, -1 2^41 times",
        longs.toByteArray());
    ItemsSketch<String> texts = new ItemsSketch<>(8);
    texts.update("日本語", 1L << 40);
    texts.update("", 2);
    texts.update("x".repeat(1000), 3);
    save("frequent_string", "awkward", "日本語 2^40, \"\" 2, x 1000 times 3 times",
        texts.toByteArray(new ArrayOfStringsSerDe()));
  }
}
