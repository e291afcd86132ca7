package dev.cnnc.compiler.weights;

import dev.cnnc.dsl.Span;
import dev.cnnc.runtime.weights.Storage;
import dev.cnnc.runtime.weights.TensorSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A safetensors file: 8 bytes with the length of the header in little-endian order, the header in
 * JSON, then the data.
 *
 * <p>Invariant: the header has been checked against the file, so the file has the bytes of every
 * tensor. No tensor has been read, and no file is open between calls.
 */
public final class Safetensors implements TensorSource {

  private static final long LONGEST_HEADER = 100_000_000;

  /** First byte of files of the old {@code torch.save}; the protocol, 2 to 5, follows. */
  private static final byte PICKLE = (byte) 0x80;

  private static final int LATEST_PICKLE = 5;

  private final Complaints complaints;
  private final Map<String, StoredTensor> tensors;
  private final DataReader data;

  private Safetensors(Complaints complaints, Map<String, StoredTensor> tensors, DataReader data) {
    this.complaints = complaints;
    this.tensors = Collections.unmodifiableMap(tensors);
    this.data = data;
  }

  /** Opens a file that is not named in a text. */
  public static Safetensors open(Path file) {
    return open(file, Optional.empty());
  }

  /**
   * Reads and checks the header.
   *
   * @param clause place of the clause that names the file, for messages
   * @throws SafetensorsException if the file is missing or malformed
   */
  public static Safetensors open(Path file, Optional<Span> clause) {
    Complaints complaints = new Complaints(file, clause);
    if (Files.isDirectory(file)) {
      throw complaints.unreadable("it is a directory");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // A pipe would wait for a writer, and a device may have no end.
      throw complaints.unreadable("it is no regular file");
    }
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      return open(file, channel, complaints);
    } catch (NoSuchFileException _) {
      throw complaints.unreadable("it does not exist");
    } catch (AccessDeniedException _) {
      throw complaints.unreadable("access is denied");
    } catch (IOException e) {
      throw complaints.unreadable(String.valueOf(e.getMessage()));
    }
  }

  private static Safetensors open(Path file, SeekableByteChannel channel, Complaints complaints)
      throws IOException {
    if (channel.size() < Long.BYTES) {
      throw complaints.tooShort(channel.size());
    }
    ByteBuffer start = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    ChannelPart.readFully(channel, start);
    long length = start.getLong(0);
    long available = channel.size() - Long.BYTES;
    if (length < 0 || length > available) {
      throw lying(start.array(), length, available, complaints);
    }
    if (length > LONGEST_HEADER) {
      throw complaints.longHeader(length);
    }
    Map<String, StoredTensor> tensors =
        HeaderReader.read(new ChannelPart(channel, length), complaints);
    DataLayout.check(tensors.values(), available - length, complaints);
    return new Safetensors(
        complaints, tensors, new DataReader(file, Long.BYTES + length, complaints));
  }

  /** The error for another kind of file, recognised by first bytes that are not a valid length. */
  private static SafetensorsException lying(
      byte[] start, long length, long available, Complaints complaints) {
    if (start[0] == 'P' && start[1] == 'K') {
      return complaints.pyTorch("a zip archive");
    }
    if (start[0] == PICKLE && start[1] <= LATEST_PICKLE) {
      return complaints.pyTorch("a pickle");
    }
    return complaints.lyingHeader(length, available);
  }

  /** The header's entry for each tensor, in its order. */
  Map<String, StoredTensor> tensors() {
    return tensors;
  }

  Complaints complaints() {
    return complaints;
  }

  /**
   * {@inheritDoc}
   *
   * @throws SafetensorsException also if an element is NaN; {@link WeightsCheck} knows where
   *     infinity is wrong
   */
  @Override
  public float[] tensor(String name, List<Integer> shape) {
    StoredTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw complaints.missing(name);
    }
    throwIfPresent(complaint(tensor, shape));
    float[] elements = new float[DataReader.count(tensor)];
    throwIfPresent(data.read(tensor, true, (index, element) -> elements[index] = element));
    return elements;
  }

  private static void throwIfPresent(Optional<SafetensorsException> complaint) {
    if (complaint.isPresent()) {
      throw complaint.get();
    }
  }

  /** The error that keeps a tensor from being used with this shape, as far as the header tells. */
  Optional<SafetensorsException> complaint(StoredTensor tensor, List<Integer> shape) {
    if (!tensor.hasShape(shape)) {
      return Optional.of(complaints.misshapen(tensor, shape));
    }
    return tensor.elementType().filter(ElementType::isUsable).isPresent()
        ? Optional.empty()
        : Optional.of(complaints.wrongType(tensor));
  }

  /**
   * The error in the elements of a tensor whose header is correct, if any.
   *
   * @param masks whether an element may be infinite
   */
  Optional<SafetensorsException> complaintAboutElements(
      StoredTensor tensor, Storage storage, boolean masks) {
    float[] largest = new float[1];
    return data.read(
            tensor,
            masks,
            (_, element) -> {
              float size = Math.abs(element);
              largest[0] = Float.isFinite(size) ? Math.max(largest[0], size) : largest[0];
            })
        .or(
            () ->
                Float.isFinite(storage.rounded(largest[0])) || tensor.shape().size() < 2
                    ? Optional.empty()
                    : Optional.of(complaints.tooLarge(tensor, largest[0], storage)));
  }
}
