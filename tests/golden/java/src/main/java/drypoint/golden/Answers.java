package drypoint.golden;

import static org.apache.datasketches.quantilescommon.QuantileSearchCriteria.EXCLUSIVE;
import static org.apache.datasketches.quantilescommon.QuantileSearchCriteria.INCLUSIVE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.datasketches.common.ArrayOfStringsSerDe;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.ItemsSketch;
import org.apache.datasketches.frequencies.LongsSketch;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.kll.KllFloatsSketch;
import org.apache.datasketches.kll.KllItemsSketch;
import org.apache.datasketches.kll.KllLongsSketch;
import org.apache.datasketches.memory.Memory;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;

/** What the Java library answers, under the names that all readers of golden files use. */
final class Answers {
  private static final double[] RANKS = {0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99};

  private Answers() {}

  /** The answers of a sketch of a kind (its family and what it holds). */
  static Map<String, Object> of(String kind, byte[] bytes) {
    Memory memory = Memory.wrap(bytes);
    return switch (kind) {
      case "hll" -> hll(HllSketch.heapify(memory));
      case "kll_f64" -> kll(KllDoublesSketch.heapify(memory));
      case "kll_f32" -> kll(KllFloatsSketch.heapify(memory));
      case "kll_i64" -> kll(KllLongsSketch.heapify(memory));
      case "kll_string" -> kll(strings(memory));
      case "frequent_i64" -> frequent(LongsSketch.getInstance(memory));
      case "frequent_string" ->
          frequent(ItemsSketch.getInstance(memory, new ArrayOfStringsSerDe()));
      default -> throw new IllegalArgumentException("unknown kind " + kind);
    };
  }

  private static KllItemsSketch<String> strings(Memory memory) {
    return KllItemsSketch.heapify(memory, Comparator.naturalOrder(), new ArrayOfStringsSerDe());
  }

  private static Map<String, Object> hll(HllSketch sketch) {
    return Json.object(
        "lg_k", sketch.getLgConfigK(),
        "type", Integer.valueOf(sketch.getTgtHllType().name().substring(4)),
        "estimate", sketch.getEstimate(),
        "lower", IntStream.rangeClosed(1, 3).mapToObj(sketch::getLowerBound).toList(),
        "upper", IntStream.rangeClosed(1, 3).mapToObj(sketch::getUpperBound).toList());
  }

  private static Map<String, Object> kll(KllDoublesSketch sketch) {
    if (sketch.isEmpty()) {
      return emptyKll(sketch.getK());
    }
    double[] splits = {-1.0, 0.5, 12345.5, 1e9};
    List<Double> outside = Arrays.stream(splits).boxed().toList();
    return with(
        kll(sketch.getK(), sketch.getN(), sketch.getMinItem(), sketch.getMaxItem(),
            sketch::getQuantile, sketch::getRank, outside, x -> x),
        sketch::getNormalizedRankError, criteria -> sketch.getCDF(splits, criteria),
        criteria -> sketch.getPMF(splits, criteria));
  }

  private static Map<String, Object> kll(KllFloatsSketch sketch) {
    if (sketch.isEmpty()) {
      return emptyKll(sketch.getK());
    }
    float[] splits = {-1.0f, 0.5f, 12345.5f, 1e9f};
    List<Float> outside = List.of(splits[0], splits[1], splits[2], splits[3]);
    return with(
        kll(sketch.getK(), sketch.getN(), sketch.getMinItem(), sketch.getMaxItem(),
            sketch::getQuantile, sketch::getRank, outside, x -> (double) x),
        sketch::getNormalizedRankError, criteria -> sketch.getCDF(splits, criteria),
        criteria -> sketch.getPMF(splits, criteria));
  }

  private static Map<String, Object> kll(KllLongsSketch sketch) {
    if (sketch.isEmpty()) {
      return emptyKll(sketch.getK());
    }
    long[] splits = {-1, 0, 12345, 1_000_000_000};
    List<Long> outside = Arrays.stream(splits).boxed().toList();
    return with(
        kll(sketch.getK(), sketch.getN(), sketch.getMinItem(), sketch.getMaxItem(),
            sketch::getQuantile, sketch::getRank, outside, x -> x),
        sketch::getNormalizedRankError, criteria -> sketch.getCDF(splits, criteria),
        criteria -> sketch.getPMF(splits, criteria));
  }

  private static Map<String, Object> kll(KllItemsSketch<String> sketch) {
    if (sketch.isEmpty()) {
      return emptyKll(sketch.getK());
    }
    String[] splits = {"", "A", "user_5", "zz"};
    return with(
        kll(sketch.getK(), sketch.getN(), sketch.getMinItem(), sketch.getMaxItem(),
            sketch::getQuantile, sketch::getRank, List.of(splits), x -> x),
        sketch::getNormalizedRankError, criteria -> sketch.getCDF(splits, criteria),
        criteria -> sketch.getPMF(splits, criteria));
  }

  private static Map<String, Object> emptyKll(int k) {
    return Json.object("k", k, "n", 0, "min", null, "max", null);
  }

  /** Ranks are asked of the found quantiles, and of some items that may be outside. */
  private static <T> Map<String, Object> kll(
      int k, long n, T min, T max,
      BiFunction<Double, QuantileSearchCriteria, T> quantile,
      BiFunction<T, QuantileSearchCriteria, Double> rank,
      List<T> outside, Function<T, Object> plain) {
    Function<QuantileSearchCriteria, List<T>> quantiles =
        criteria -> Arrays.stream(RANKS).mapToObj(q -> quantile.apply(q, criteria)).toList();
    List<T> probes = Stream.concat(outside.stream(), quantiles.apply(INCLUSIVE).stream()).toList();
    Function<QuantileSearchCriteria, List<Double>> ranks =
        criteria -> probes.stream().map(probe -> rank.apply(probe, criteria)).toList();
    return Json.object(
        "k", k,
        "n", n,
        "min", plain.apply(min),
        "max", plain.apply(max),
        "quantiles_inclusive", quantiles.apply(INCLUSIVE).stream().map(plain).toList(),
        "quantiles_exclusive", quantiles.apply(EXCLUSIVE).stream().map(plain).toList(),
        "probes", probes.stream().map(plain).toList(),
        "ranks_inclusive", ranks.apply(INCLUSIVE),
        "ranks_exclusive", ranks.apply(EXCLUSIVE));
  }

  /** Adds the error of ranks and of shares, and the shares below and between the outside items. */
  private static Map<String, Object> with(
      Map<String, Object> answers, Function<Boolean, Double> error,
      Function<QuantileSearchCriteria, double[]> cdf,
      Function<QuantileSearchCriteria, double[]> pmf) {
    answers.put("rank_error", error.apply(false));
    answers.put("pmf_error", error.apply(true));
    answers.put("cdf_inclusive", Arrays.stream(cdf.apply(INCLUSIVE)).boxed().toList());
    answers.put("cdf_exclusive", Arrays.stream(cdf.apply(EXCLUSIVE)).boxed().toList());
    answers.put("pmf_inclusive", Arrays.stream(pmf.apply(INCLUSIVE)).boxed().toList());
    answers.put("pmf_exclusive", Arrays.stream(pmf.apply(EXCLUSIVE)).boxed().toList());
    return answers;
  }

  private static Map<String, Object> frequent(LongsSketch sketch) {
    Function<ErrorType, List<List<Object>>> rows = type -> sorted(
        Arrays.stream(sketch.getFrequentItems(type)).map(row -> List.<Object>of(
            row.getItem(), row.getEstimate(), row.getLowerBound(), row.getUpperBound())));
    List<Object> probes = new ArrayList<>(List.of(-1L, 0L, 1L, 7L, 1_000_000L));
    List<List<Object>> asked = probes.stream().map(probe -> List.<Object>of(
        probe, sketch.getEstimate((Long) probe), sketch.getLowerBound((Long) probe),
        sketch.getUpperBound((Long) probe))).toList();
    return frequent(sketch.getStreamLength(), sketch.getMaximumError(), sketch.getNumActiveItems(),
        asked, rows);
  }

  private static Map<String, Object> frequent(ItemsSketch<String> sketch) {
    Function<ErrorType, List<List<Object>>> rows = type -> sorted(
        Arrays.stream(sketch.getFrequentItems(type)).map(row -> List.<Object>of(
            row.getItem(), row.getEstimate(), row.getLowerBound(), row.getUpperBound())));
    List<List<Object>> asked = Stream.of("absent", "user_0", "user_1", "user_7", "日本語")
        .map(probe -> List.<Object>of(probe, sketch.getEstimate(probe),
            sketch.getLowerBound(probe), sketch.getUpperBound(probe))).toList();
    return frequent(sketch.getStreamLength(), sketch.getMaximumError(), sketch.getNumActiveItems(),
        asked, rows);
  }

  private static Map<String, Object> frequent(
      long total, long maxError, int active, List<List<Object>> asked,
      Function<ErrorType, List<List<Object>>> rows) {
    return Json.object(
        "total", total,
        "max_error", maxError,
        "active", active,
        "items", asked,
        "no_false_positives", rows.apply(ErrorType.NO_FALSE_POSITIVES),
        "no_false_negatives", rows.apply(ErrorType.NO_FALSE_NEGATIVES));
  }

  /** The heaviest first, equal ones in their own order (that of UTF-8 for the strings we use). */
  private static List<List<Object>> sorted(Stream<List<Object>> rows) {
    Comparator<List<Object>> heaviest = Comparator.comparing(row -> -(Long) row.get(1));
    return rows.sorted(heaviest.thenComparing(Answers::compareItems)).collect(Collectors.toList());
  }

  private static int compareItems(List<Object> left, List<Object> right) {
    return left.get(0) instanceof Long number
        ? number.compareTo((Long) right.get(0))
        : ((String) left.get(0)).compareTo((String) right.get(0));
  }
}
